import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { renderRule } from './describe-rule.ts';
import { pageParameters, sortByKey, takePage } from './page.ts';
import { busNameOrArn, ruleName } from './parameters.ts';

export function listRules({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'ListRules',
    input: z.strictObject({ NamePrefix: ruleName.optional(), EventBusName: busNameOrArn, ...pageParameters }),
    // The action takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
    needs: () => [{ action: 'events:ListRules', resource: '*' }],
    handle({ NamePrefix = '', EventBusName, ...paging }) {
      const { rules } = buses.get(EventBusName);
      const matching = [...rules.values()].filter(({ name }) => name.startsWith(NamePrefix));
      const { page, ...next } = takePage(
        sortByKey(matching, ({ name }) => name),
        ({ name }) => name,
        paging,
      );
      return { Rules: page.map(renderRule), ...next };
    },
  });
}
