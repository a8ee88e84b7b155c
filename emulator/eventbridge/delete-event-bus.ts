import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { EventbridgeState } from './create-eventbridge-service.ts';
import { busName } from './parameters.ts';

export function deleteEventBus({ buses }: EventbridgeState): Operation {
  return defineOperation({
    name: 'DeleteEventBus',
    input: z.strictObject({ Name: busName }),
    needs: ({ Name }) => [{ action: 'events:DeleteEventBus', resource: buses.computeBusArn(Name) }],
    handle: ({ Name }) => buses.delete(Name),
  });
}
