// What one record may be, and what a throttled one is answered.

import { AwsError } from '../kernel/errors.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { computeRecordBytes, type PutOutcome, type Stream } from './stream.ts';

/** A stream's default; more has to be asked for: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const RECORD_BYTES_MAX = 1024 * 1024;

/** The record's bytes with its partition key. @throws {AwsError} `ValidationException`. */
export function assertRecordFits({ Data, PartitionKey }: { Data: string; PartitionKey: string }): number {
  const bytes = computeRecordBytes(PartitionKey, Data);
  if (bytes <= RECORD_BYTES_MAX) return bytes;
  throw new AwsError(
    'ValidationException',
    `a record has ${bytes} bytes with its partition key; at most ${RECORD_BYTES_MAX} are allowed`,
  );
}

export function explainThrottle(stream: Stream, shardId: string, accountId: string): string {
  return `Rate exceeded for shard ${shardId} in stream ${stream.props.name} under account ${accountId}.`;
}

/** Records what CloudWatch shows of a put: bytes and records that were taken, records that were not. */
export function countPut(
  state: KinesisState,
  stream: Stream,
  outcomes: readonly (Pick<PutOutcome, 'record'> & { readonly bytes: number })[],
): void {
  const taken = outcomes.filter(({ record }) => record !== undefined);
  state.count(stream, 'IncomingRecords', taken.length);
  state.count(
    stream,
    'IncomingBytes',
    taken.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  state.count(stream, 'WriteProvisionedThroughputExceeded', outcomes.length - taken.length);
}
