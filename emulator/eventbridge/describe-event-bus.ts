import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { busNameOrArn } from './parameters.ts';
import type { EventBus } from './rule.ts';

export function describeEventBus({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'DescribeEventBus',
    input: z.strictObject({ Name: busNameOrArn }),
    needs: ({ Name }) => [{ action: 'events:DescribeEventBus', resource: buses.computeBusArn(Name) }],
    handle: ({ Name }) => renderBus(buses.get(Name)),
  });
}

/** As DescribeEventBus and ListEventBuses have it. */
export function renderBus({ name, arn, description, createdMs }: EventBus): object {
  return {
    Name: name,
    Arn: arn,
    ...(description !== undefined && { Description: description }),
    CreationTime: createdMs / 1000,
    LastModifiedTime: createdMs / 1000,
  };
}
