import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { busName, description } from './parameters.ts';

export function createEventBus({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'CreateEventBus',
    input: z.strictObject({ Name: busName, Description: description }),
    needs: ({ Name }) => [{ action: 'events:CreateEventBus', resource: buses.computeBusArn(Name) }],
    handle({ Name, Description }) {
      const { arn } = buses.create(Name, Description);
      return { EventBusArn: arn, ...(Description !== undefined && { Description }) };
    },
  });
}
