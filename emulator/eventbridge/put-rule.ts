import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { busNameOrArn, description, ruleName } from './parameters.ts';

/** Adjustable: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const PATTERN_CHARACTERS_MAX = 4096;

/** A change acts at once; on AWS after "a short period of time". */
export function putRule({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'PutRule',
    input: z.strictObject({
      Name: ruleName,
      EventBusName: busNameOrArn,
      EventPattern: z.string().max(PATTERN_CHARACTERS_MAX).optional(),
      State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
      Description: description,
    }),
    needs: ({ EventBusName, Name }) => [
      { action: 'events:PutRule', resource: buses.computeRuleArn(EventBusName, Name) },
    ],
    handle({ EventBusName, Name, EventPattern, State, Description }) {
      if (!EventPattern) {
        throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
      }
      const rule = { name: Name, patternText: EventPattern, state: State, description: Description };
      return { RuleArn: buses.putRule(EventBusName, rule).arn };
    },
  });
}
