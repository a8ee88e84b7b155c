// What Lambda refuses of a mapping's settings.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html

import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';
import { isFifoQueue, type MappingProps, type MappingSettings, type SourceService } from './mapping-settings.ts';

/** Of the API's own model. */
const RANGES = [
  { key: 'batchSize', path: 'batchSize', min: 1, max: 10_000 },
  { key: 'windowSeconds', path: 'maximumBatchingWindowInSeconds', min: 0, max: 300 },
  { key: 'maximumRetryAttempts', path: 'maximumRetryAttempts', min: -1, max: 10_000 },
  { key: 'maximumRecordAgeSeconds', path: 'maximumRecordAgeInSeconds', min: -1, max: 604_800 },
  { key: 'parallelizationFactor', path: 'parallelizationFactor', min: 1, max: 10 },
  { key: 'maximumConcurrency', path: 'scalingConfig.maximumConcurrency', min: 2, max: 1000 },
] as const;

/** From this batch size on, a queue's mapping needs a window: a receive brings ten messages at most. */
const BATCH_SIZE_MAX_WITHOUT_WINDOW = 10;
/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const FIFO_BATCH_SIZE_MAX = 10;
/** Below it only -1, for ever: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const RECORD_AGE_SECONDS_MIN = 60;
const FOR_EVER = -1;

const STREAM_ONLY = [
  { key: 'maximumRetryAttempts', name: 'MaximumRetryAttempts' },
  { key: 'maximumRecordAgeSeconds', name: 'MaximumRecordAgeInSeconds' },
  { key: 'bisectBatchOnFunctionError', name: 'BisectBatchOnFunctionError' },
  { key: 'parallelizationFactor', name: 'ParallelizationFactor' },
  { key: 'onFailureArn', name: 'DestinationConfig' },
] as const satisfies readonly { key: keyof MappingSettings; name: string }[];

/**
 * @throws {AwsError} `ValidationException` or `InvalidParameterValueException`, in AWS's words where they are known.
 * @throws {UnsupportedFeatureError} for destinations other than standard queues.
 */
export function assertSettings(service: SourceService, eventSourceArn: string, settings: MappingSettings): void {
  assertRanges(settings);
  if (service === 'sqs') assertQueueSettings(eventSourceArn, settings);
  else assertStreamSettings(settings);
}

/** @throws {AwsError} `InvalidParameterValueException`. */
export function assertStartingPosition(service: SourceService, props: MappingProps, nowMs: number): void {
  const { startingPosition, startingTimestampMs } = props;
  if (service === 'sqs') {
    if (startingPosition !== undefined) throw createInvalid('StartingPosition is not valid for a queue.');
    return;
  }
  if (startingPosition === undefined) {
    throw createInvalid(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  if ((startingPosition === 'AT_TIMESTAMP') !== (startingTimestampMs !== undefined)) {
    throw createInvalid('StartingPositionTimestamp goes with StartingPosition AT_TIMESTAMP, and only with it.');
  }
  if (startingTimestampMs !== undefined && startingTimestampMs > nowMs) {
    throw createInvalid('StartingPositionTimestamp cannot be in the future.');
  }
}

function assertQueueSettings(eventSourceArn: string, settings: MappingSettings): void {
  const { batchSize, windowSeconds } = settings;
  if (isFifoQueue(eventSourceArn)) {
    if (windowSeconds > 0) throw createInvalid('Batching window is not supported for FIFO queues');
    if (batchSize > FIFO_BATCH_SIZE_MAX) {
      throw createInvalid(`Batch size must not be greater than ${FIFO_BATCH_SIZE_MAX} for FIFO queues`);
    }
  }
  if (batchSize > BATCH_SIZE_MAX_WITHOUT_WINDOW && windowSeconds < 1) {
    throw createInvalid(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  for (const { key, name } of STREAM_ONLY) {
    if (settings[key] !== undefined) throw createInvalid(`${name} is not valid for a queue.`);
  }
}

function assertStreamSettings({ maximumConcurrency, maximumRecordAgeSeconds, onFailureArn }: MappingSettings): void {
  if (maximumConcurrency !== undefined) throw createInvalid('ScalingConfig is not valid for a stream.');
  const ageSeconds = maximumRecordAgeSeconds ?? FOR_EVER;
  if (ageSeconds !== FOR_EVER && ageSeconds < RECORD_AGE_SECONDS_MIN) {
    throw createInvalid(
      `MaximumRecordAgeInSeconds must be ${FOR_EVER} or at least ${RECORD_AGE_SECONDS_MIN}, got ${ageSeconds}.`,
    );
  }
  if (onFailureArn !== undefined) assertDestination(onFailureArn);
}

/** @throws {UnsupportedFeatureError} for topics, buckets, clusters and FIFO queues. */
function assertDestination(arn: string): void {
  const service = arn.split(':')[2] ?? arn;
  if (service === 'sqs' && !isFifoQueue(arn)) return;
  const kind = service === 'sqs' ? 'a FIFO queue' : service;
  throw new UnsupportedFeatureError('DestinationConfig.OnFailure', `destination ${arn} (${kind})`);
}

/** All that are broken at once, as the API's own model check has it. */
function assertRanges(settings: MappingSettings): void {
  const problems: string[] = [];
  for (const { key, path, min, max } of RANGES) {
    const value = settings[key];
    const fault = `Value '${value}' at '${path}' failed to satisfy constraint: Member must have value`;
    if (value !== undefined && value < min) problems.push(`${fault} greater than or equal to ${min}`);
    if (value !== undefined && value > max) problems.push(`${fault} less than or equal to ${max}`);
  }
  if (problems.length === 0) return;
  const count = `${problems.length} validation error${problems.length > 1 ? 's' : ''} detected`;
  throw new AwsError('ValidationException', `${count}: ${problems.join('; ')}`);
}

function createInvalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
