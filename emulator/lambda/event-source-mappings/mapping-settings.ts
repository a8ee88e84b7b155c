// What an event source mapping can be told, and what Lambda refuses of it.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html

import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';

/** What an update can change. */
export interface MappingSettings {
  /** Most records of one invocation, 1 to 10,000. */
  readonly batchSize: number;
  /** Whole seconds, 0 to 300, that a batch may wait to fill. */
  readonly windowSeconds: number;
  /** Whether the function's answer may name single items that failed. */
  readonly reportBatchItemFailures: boolean;
  /** Kinesis only: -1 to 10,000, where -1 is for ever. Default -1. */
  readonly maximumRetryAttempts?: number;
  /** SQS only: 2 to 1,000 concurrent invocations. Default: as many as pollers. */
  readonly maximumConcurrency?: number | undefined;
}

export interface MappingProps extends MappingSettings {
  readonly functionName: string;
  readonly eventSourceArn: string;
  /** Kinesis only, where it is required. */
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST';
}

export type SourceService = 'sqs' | 'kinesis';

const RANGES = {
  batchSize: { path: 'batchSize', min: 1, max: 10_000 },
  windowSeconds: { path: 'maximumBatchingWindowInSeconds', min: 0, max: 300 },
  maximumRetryAttempts: { path: 'maximumRetryAttempts', min: -1, max: 10_000 },
  maximumConcurrency: { path: 'scalingConfig.maximumConcurrency', min: 2, max: 1000 },
} as const;

/** From this batch size on, a queue's mapping needs a window: a receive brings ten messages at most. */
const BATCH_SIZE_MAX_WITHOUT_WINDOW = 10;

/** @throws {UnsupportedFeatureError} for other sources than queues and streams, and for FIFO queues. */
export function parseSourceService(subject: string, eventSourceArn: string): SourceService {
  const service = eventSourceArn.split(':')[2];
  if (service !== 'sqs' && service !== 'kinesis') throw new UnsupportedFeatureError(subject, `event source ${service}`);
  if (eventSourceArn.endsWith('.fifo')) throw new UnsupportedFeatureError(subject, 'a FIFO queue as event source');
  return service;
}

/** @throws {AwsError} `ValidationException` or `InvalidParameterValueException`, in AWS's words where they are known. */
export function assertSettings(service: SourceService, settings: MappingSettings): void {
  assertRanges(settings);
  const { batchSize, windowSeconds, maximumConcurrency, maximumRetryAttempts } = settings;
  if (service === 'sqs') {
    if (batchSize > BATCH_SIZE_MAX_WITHOUT_WINDOW && windowSeconds < 1) {
      throw createInvalid(
        'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
      );
    }
    if (maximumRetryAttempts !== undefined) throw createInvalid('MaximumRetryAttempts is not valid for a queue.');
  }
  if (service === 'kinesis' && maximumConcurrency !== undefined) {
    throw createInvalid('ScalingConfig is not valid for a stream.');
  }
}

/** @throws {AwsError} `InvalidParameterValueException`. */
export function assertStartingPosition(service: SourceService, startingPosition: string | undefined): void {
  if (service === 'sqs' && startingPosition !== undefined) {
    throw createInvalid('StartingPosition is not valid for a queue.');
  }
  if (service === 'kinesis' && startingPosition === undefined) {
    throw createInvalid(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
}

/** All that are broken at once, as the API's own model check has it. */
function assertRanges(settings: MappingSettings): void {
  const problems: string[] = [];
  const check = (value: number | undefined, { path, min, max }: (typeof RANGES)[keyof typeof RANGES]) => {
    const fault = `Value '${value}' at '${path}' failed to satisfy constraint: Member must have value`;
    if (value !== undefined && value < min) problems.push(`${fault} greater than or equal to ${min}`);
    if (value !== undefined && value > max) problems.push(`${fault} less than or equal to ${max}`);
  };
  check(settings.batchSize, RANGES.batchSize);
  check(settings.windowSeconds, RANGES.windowSeconds);
  check(settings.maximumRetryAttempts, RANGES.maximumRetryAttempts);
  check(settings.maximumConcurrency, RANGES.maximumConcurrency);
  if (problems.length === 0) return;
  const count = `${problems.length} validation error${problems.length > 1 ? 's' : ''} detected`;
  throw new AwsError('ValidationException', `${count}: ${problems.join('; ')}`);
}

function createInvalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
