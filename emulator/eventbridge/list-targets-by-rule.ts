import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { pageParameters, sortByKey, takePage } from './page.ts';
import { busNameOrArn, ruleName } from './parameters.ts';

export function listTargetsByRule({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'ListTargetsByRule',
    input: z.strictObject({ Rule: ruleName, EventBusName: busNameOrArn, ...pageParameters }),
    needs: ({ EventBusName, Rule }) => [
      { action: 'events:ListTargetsByRule', resource: buses.computeRuleArn(EventBusName, Rule) },
    ],
    handle({ EventBusName, Rule, ...paging }) {
      const { targets } = buses.getRule(EventBusName, Rule);
      const definitions = [...targets.values()].map(({ definition }) => definition);
      const { page, ...next } = takePage(
        sortByKey(definitions, ({ Id }) => Id),
        ({ Id }) => Id,
        paging,
      );
      return { Targets: page, ...next };
    },
  });
}
