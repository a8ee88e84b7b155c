import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { busNameOrArn, ruleName } from './parameters.ts';
import type { Rule } from './rule.ts';

export function describeRule({ buses, accountId }: EventbridgeState): Operation {
  return defineOperation({
    name: 'DescribeRule',
    input: z.strictObject({ Name: ruleName, EventBusName: busNameOrArn }),
    needs: ({ EventBusName, Name }) => [
      { action: 'events:DescribeRule', resource: buses.computeRuleArn(EventBusName, Name) },
    ],
    handle: ({ EventBusName, Name }) => ({
      ...renderRule(buses.getRule(EventBusName, Name)),
      CreatedBy: accountId,
    }),
  });
}

/** As DescribeRule and ListRules have it. */
export function renderRule({ name, arn, patternText, state, description, busName }: Rule): object {
  return {
    Name: name,
    Arn: arn,
    EventPattern: patternText,
    State: state,
    ...(description !== undefined && { Description: description }),
    EventBusName: busName,
  };
}
