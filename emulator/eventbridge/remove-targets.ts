import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { busNameOrArn, ruleName } from './parameters.ts';

/** What is on its way to a target is still delivered. */
export function removeTargets({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'RemoveTargets',
    input: z.strictObject({
      Rule: ruleName,
      EventBusName: busNameOrArn,
      Ids: z.array(z.string().min(1).max(64)).min(1).max(100),
      /** Changes nothing: it is for rules that other services manage. */
      Force: z.boolean().optional(),
    }),
    needs: ({ EventBusName, Rule }) => [
      { action: 'events:RemoveTargets', resource: buses.computeRuleArn(EventBusName, Rule) },
    ],
    handle({ EventBusName, Rule, Ids }) {
      const { targets } = buses.getRule(EventBusName, Rule);
      const missing = Ids.filter((id) => !targets.delete(id));
      return {
        FailedEntryCount: missing.length,
        FailedEntries: missing.map((TargetId) => ({
          TargetId,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Rule ${Rule} does not have a target with the Id ${TargetId}.`,
        })),
      };
    },
  });
}
