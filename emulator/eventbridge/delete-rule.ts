import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { busNameOrArn, ruleName } from './parameters.ts';

export function deleteRule({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'DeleteRule',
    input: z.strictObject({
      Name: ruleName,
      EventBusName: busNameOrArn,
      /** Changes nothing: it is for rules that other services manage. */
      Force: z.boolean().optional(),
    }),
    needs: ({ EventBusName, Name }) => [
      { action: 'events:DeleteRule', resource: buses.computeRuleArn(EventBusName, Name) },
    ],
    handle: ({ EventBusName, Name }) => buses.deleteRule(EventBusName, Name),
  });
}
