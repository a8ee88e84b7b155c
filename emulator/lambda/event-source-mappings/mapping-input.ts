// A mapping's settings as Lambda's API and CloudFormation spell them.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html

import { z } from 'zod';
import {
  BATCH_SIZE_DEFAULTS,
  type MappingProps,
  type MappingSettings,
  parseSourceService,
} from './mapping-settings.ts';

/** What both can be given, at creation and in updates; `integer` and `boolean` are how the caller takes such values. */
export function createSettingMembers<
  Integer extends z.ZodType<number, unknown>,
  Truth extends z.ZodType<boolean, unknown>,
>(integer: Integer, boolean: Truth) {
  return {
    BatchSize: integer.optional(),
    BisectBatchOnFunctionError: boolean.optional(),
    DestinationConfig: z
      .strictObject({ OnFailure: z.strictObject({ Destination: z.string().optional() }).optional() })
      .optional(),
    Enabled: boolean.optional(),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).optional(),
    MaximumBatchingWindowInSeconds: integer.optional(),
    MaximumRecordAgeInSeconds: integer.optional(),
    MaximumRetryAttempts: integer.optional(),
    /** The other metrics are Kafka's. */
    MetricsConfig: z.strictObject({ Metrics: z.array(z.literal('EventCount')).max(1).optional() }).optional(),
    ParallelizationFactor: integer.optional(),
    /** Empty: as many invocations as pollers. */
    ScalingConfig: z.strictObject({ MaximumConcurrency: integer.optional() }).optional(),
  };
}

/** What only a new mapping can be given. */
export const sourceMembers = {
  EventSourceArn: z.string(),
  /** A name or an ARN. */
  FunctionName: z.string(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']).optional(),
};

/** CloudFormation's members are others to TypeScript, but come to the same. */
type SettingMembers = z.output<
  z.ZodObject<ReturnType<typeof createSettingMembers<z.ZodType<number>, z.ZodType<boolean>>>>
>;
type SourceMembers = z.output<z.ZodObject<typeof sourceMembers>>;

interface NewMapping extends SettingMembers, SourceMembers {
  /** Epoch seconds. */
  readonly StartingPositionTimestamp?: number | undefined;
}

/** With AWS's defaults. @throws {UnsupportedFeatureError} for other sources than queues and streams. */
export function parseMappingProps(input: NewMapping): MappingProps {
  const { EventSourceArn, FunctionName, StartingPosition, StartingPositionTimestamp } = input;
  const service = parseSourceService(`event source mapping of ${FunctionName}`, EventSourceArn);
  return {
    functionName: FunctionName,
    eventSourceArn: EventSourceArn,
    batchSize: BATCH_SIZE_DEFAULTS[service],
    windowSeconds: 0,
    reportBatchItemFailures: false,
    ...parseMappingChanges(input),
    ...(StartingPosition && { startingPosition: StartingPosition }),
    ...(StartingPositionTimestamp !== undefined && { startingTimestampMs: StartingPositionTimestamp * 1000 }),
  };
}

/** Only what is given. */
export function parseMappingChanges(input: SettingMembers): Partial<MappingSettings> {
  const { BatchSize, BisectBatchOnFunctionError, DestinationConfig, Enabled, FunctionResponseTypes } = input;
  const { MaximumBatchingWindowInSeconds, MaximumRecordAgeInSeconds, MaximumRetryAttempts } = input;
  const { MetricsConfig, ParallelizationFactor, ScalingConfig } = input;
  return {
    ...(BatchSize !== undefined && { batchSize: BatchSize }),
    ...(BisectBatchOnFunctionError !== undefined && { bisectBatchOnFunctionError: BisectBatchOnFunctionError }),
    // An empty ARN is how a destination is taken away.
    ...(DestinationConfig && { onFailureArn: DestinationConfig.OnFailure?.Destination || undefined }),
    ...(Enabled !== undefined && { enabled: Enabled }),
    ...(FunctionResponseTypes && { reportBatchItemFailures: FunctionResponseTypes.length > 0 }),
    ...(MaximumBatchingWindowInSeconds !== undefined && { windowSeconds: MaximumBatchingWindowInSeconds }),
    ...(MaximumRecordAgeInSeconds !== undefined && { maximumRecordAgeSeconds: MaximumRecordAgeInSeconds }),
    ...(MaximumRetryAttempts !== undefined && { maximumRetryAttempts: MaximumRetryAttempts }),
    ...(MetricsConfig && { countsEvents: (MetricsConfig.Metrics ?? []).length > 0 }),
    ...(ParallelizationFactor !== undefined && { parallelizationFactor: ParallelizationFactor }),
    ...(ScalingConfig && { maximumConcurrency: ScalingConfig.MaximumConcurrency }),
  };
}
