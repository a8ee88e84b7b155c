// What an event source mapping can be told.
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html

import { UnsupportedFeatureError } from '../../kernel/errors.ts';

/** What an update can change. */
export interface MappingSettings {
  /** Most records of one invocation, 1 to 10,000; 10 for a FIFO queue. */
  readonly batchSize: number;
  /** Whole seconds, 0 to 300, that a batch may wait to fill. */
  readonly windowSeconds: number;
  /** Whether the function's answer may name single items that failed. */
  readonly reportBatchItemFailures: boolean;
  /** Whether it polls. Default true. */
  readonly enabled?: boolean;
  /** Whether the metrics of `MetricsConfig` `EventCount` are recorded. Default false. */
  readonly countsEvents?: boolean;
  /** SQS only: 2 to 1,000 concurrent invocations. Default: as many as pollers. */
  readonly maximumConcurrency?: number | undefined;
  /** Kinesis only: -1 to 10,000, where -1 is for ever. Default -1. */
  readonly maximumRetryAttempts?: number;
  /** Kinesis only: -1, for ever, or 60 to 604,800 whole seconds from a record's arrival in the stream. Default -1. */
  readonly maximumRecordAgeSeconds?: number;
  /** Kinesis only: whether a failed batch is split before it is tried again. Default false. */
  readonly bisectBatchOnFunctionError?: boolean;
  /** Kinesis only: 1 to 10 batches of a shard at once. Default 1. */
  readonly parallelizationFactor?: number;
  /** Kinesis only: ARN of the queue that is told of records that were given up. Default none. */
  readonly onFailureArn?: string | undefined;
}

export interface MappingProps extends MappingSettings {
  readonly functionName: string;
  readonly eventSourceArn: string;
  /** Kinesis only, where it is required. */
  readonly startingPosition?: StartingPosition;
  /** Epoch milliseconds, with AT_TIMESTAMP only. */
  readonly startingTimestampMs?: number;
}

export type StartingPosition = 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
export type SourceService = 'sqs' | 'kinesis';

/** AWS's defaults, where they depend on the source. */
export const BATCH_SIZE_DEFAULTS: Readonly<Record<SourceService, number>> = { sqs: 10, kinesis: 100 };

/** @throws {UnsupportedFeatureError} for other sources than queues and streams, such as a stream's consumer. */
export function parseSourceService(subject: string, eventSourceArn: string): SourceService {
  const service = eventSourceArn.split(':')[2];
  if (service !== 'sqs' && service !== 'kinesis') throw new UnsupportedFeatureError(subject, `event source ${service}`);
  if (service === 'kinesis' && eventSourceArn.includes('/consumer/')) {
    throw new UnsupportedFeatureError(subject, 'enhanced fan-out (a consumer as event source)');
  }
  return service;
}

/** The names of FIFO queues end so, and no others do: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export function isFifoQueue(eventSourceArn: string): boolean {
  return eventSourceArn.endsWith('.fifo');
}
