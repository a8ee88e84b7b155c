import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';

export function updateEventSourceMapping(mappings: EventSourceMappings): Operation {
  return defineOperation({
    name: 'UpdateEventSourceMapping',
    input: z.strictObject({
      UUID: z.string().min(1),
      BatchSize: z.int().optional(),
      MaximumBatchingWindowInSeconds: z.int().optional(),
    }),
    needs: ({ UUID }) => [{ action: 'lambda:UpdateEventSourceMapping', resource: mappings.computeArn(UUID) }],
    handle: ({ UUID, BatchSize, MaximumBatchingWindowInSeconds }) =>
      mappings.describe(
        mappings.update(UUID, {
          ...(BatchSize !== undefined && { batchSize: BatchSize }),
          ...(MaximumBatchingWindowInSeconds !== undefined && { windowSeconds: MaximumBatchingWindowInSeconds }),
        }),
      ),
  });
}
