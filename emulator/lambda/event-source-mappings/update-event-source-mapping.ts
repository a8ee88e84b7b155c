import { z } from 'zod';
import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import { describeMapping } from './describe-mapping.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';
import type { MappingSettings } from './mapping-settings.ts';

const inputSchema = z.strictObject({
  UUID: z.string().min(1),
  BatchSize: z.int().optional(),
  Enabled: z.boolean().optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).optional(),
  MaximumBatchingWindowInSeconds: z.int().optional(),
  MaximumRetryAttempts: z.int().optional(),
  /** Empty: as many as pollers. */
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.int().optional() }).optional(),
});

export function updateEventSourceMapping(mappings: EventSourceMappings): Operation {
  return defineOperation({
    name: 'UpdateEventSourceMapping',
    input: inputSchema,
    needs: ({ UUID }) => [{ action: 'lambda:UpdateEventSourceMapping', resource: mappings.computeArn(UUID) }],
    handle(input) {
      if (input.Enabled === false) throw new UnsupportedFeatureError('UpdateEventSourceMapping', 'Enabled false');
      return describeMapping(mappings, mappings.update(input.UUID, parseChanges(input)));
    },
  });
}

/** What is not given stays as it is. */
function parseChanges(input: z.output<typeof inputSchema>): Partial<MappingSettings> {
  const { BatchSize, FunctionResponseTypes, MaximumBatchingWindowInSeconds, MaximumRetryAttempts, ScalingConfig } =
    input;
  return {
    ...(BatchSize !== undefined && { batchSize: BatchSize }),
    ...(FunctionResponseTypes && { reportBatchItemFailures: FunctionResponseTypes.length > 0 }),
    ...(MaximumBatchingWindowInSeconds !== undefined && { windowSeconds: MaximumBatchingWindowInSeconds }),
    ...(MaximumRetryAttempts !== undefined && { maximumRetryAttempts: MaximumRetryAttempts }),
    ...(ScalingConfig && { maximumConcurrency: ScalingConfig.MaximumConcurrency }),
  };
}
