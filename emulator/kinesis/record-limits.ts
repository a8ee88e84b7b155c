// What one record may be, and what a throttled one is answered.

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { computeRecordBytes, HASH_KEYS, type PutOutcome, type Stream } from './stream.ts';

const HASH_KEY_TEXT = /^(0|[1-9]\d{0,38})$/;

/** A record as PutRecord and PutRecords take it. */
export const recordParameters = {
  /** Base64. */
  Data: z.string(),
  PartitionKey: z.string().min(1).max(256),
  /** A decimal number: where the record goes whatever its partition key. */
  ExplicitHashKey: z.string().regex(HASH_KEY_TEXT).optional(),
};

interface RecordInput {
  readonly Data: string;
  readonly PartitionKey: string;
  readonly ExplicitHashKey?: string | undefined;
}

/** The record's bytes with its partition key. @throws {AwsError} `ValidationException`. */
export function assertRecordFits({ Data, PartitionKey }: RecordInput, { recordKibMax }: Stream): number {
  const bytes = computeRecordBytes(PartitionKey, Data);
  const bytesMax = recordKibMax * 1024;
  if (bytes <= bytesMax) return bytes;
  throw new AwsError(
    'ValidationException',
    `a record has ${bytes} bytes with its partition key; at most ${bytesMax} are allowed`,
  );
}

/** @throws {AwsError} `InvalidArgumentException`. */
export function parseHashKey({ ExplicitHashKey }: RecordInput): bigint | undefined {
  if (ExplicitHashKey === undefined) return undefined;
  const hashKey = BigInt(ExplicitHashKey);
  if (hashKey < HASH_KEYS) return hashKey;
  throw new AwsError(
    'InvalidArgumentException',
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${ExplicitHashKey}`,
  );
}

export function explainThrottle(stream: Stream, shardId: string, accountId: string): string {
  return `Rate exceeded for shard ${shardId} in stream ${stream.props.name} under account ${accountId}.`;
}

type CountedOutcome = Pick<PutOutcome, 'record'> & { readonly bytes: number };

/** What CloudWatch shows of a put: https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html */
export function countPut(
  state: KinesisState,
  stream: Stream,
  operation: 'PutRecord' | 'PutRecords',
  outcomes: readonly CountedOutcome[],
): void {
  const { count, bytes } = sumTaken(outcomes);
  const throttled = outcomes.length - count;
  state.count(stream, 'IncomingRecords', count);
  state.count(stream, 'IncomingBytes', bytes);
  state.count(stream, 'WriteProvisionedThroughputExceeded', throttled);
  state.count(stream, `${operation}.Bytes`, bytes);
  // Of PutRecords it is enough that one record was taken.
  state.count(stream, `${operation}.Success`, count > 0 ? 1 : 0);
  if (operation === 'PutRecord') return;
  state.count(stream, 'PutRecords.TotalRecords', outcomes.length);
  state.count(stream, 'PutRecords.SuccessfulRecords', count);
  state.count(stream, 'PutRecords.ThrottledRecords', throttled);
  // Those that fail for other reasons: none here.
  state.count(stream, 'PutRecords.FailedRecords', 0);
}

function sumTaken(outcomes: readonly CountedOutcome[]): { count: number; bytes: number } {
  let count = 0;
  let bytes = 0;
  for (const outcome of outcomes) {
    if (!outcome.record) continue;
    count++;
    bytes += outcome.bytes;
  }
  return { count, bytes };
}
