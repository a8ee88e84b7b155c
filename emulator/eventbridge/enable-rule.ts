import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { busNameOrArn, ruleName } from './parameters.ts';

/** Acts at once; on AWS after "a short period of time". */
export function enableRule({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'EnableRule',
    input: z.strictObject({ Name: ruleName, EventBusName: busNameOrArn }),
    needs: ({ EventBusName, Name }) => [
      { action: 'events:EnableRule', resource: buses.computeRuleArn(EventBusName, Name) },
    ],
    handle({ EventBusName, Name }) {
      buses.getRule(EventBusName, Name).state = 'ENABLED';
    },
  });
}
