import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { assertIteratorIsFresh, parseIterator, renderIterator } from './iterator.ts';
import { explainThrottle } from './record-limits.ts';
import { computeDataBytes, type StoredRecord } from './shard-log.ts';
import type { Stream } from './stream.ts';
import { streamReference } from './stream-reference.ts';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const RECORDS_MAX = 10_000;
const BYTES_MAX = 10 * 1024 * 1024;

export function getRecords(state: KinesisState): Operation {
  return defineOperation({
    name: 'GetRecords',
    input: z.strictObject({
      ...streamReference,
      ShardIterator: z.string().min(1),
      Limit: z.int().min(1).max(RECORDS_MAX).default(RECORDS_MAX),
    }),
    needs: ({ ShardIterator }) => [{ action: 'kinesis:GetRecords', resource: parseIterator(ShardIterator).streamArn }],
    handle({ ShardIterator, Limit }) {
      const iterator = parseIterator(ShardIterator);
      const { streamArn, shardId } = iterator;
      const stream = state.findStream({ StreamARN: streamArn });
      const nowMs = state.nowMs();
      assertIteratorIsFresh(iterator, nowMs);
      const shard = stream.findShard(shardId);
      if (!shard.admitRead()) {
        state.count(stream, 'ReadProvisionedThroughputExceeded', 1);
        state.count(stream, 'GetRecords.Success', 0);
        throw new AwsError('ProvisionedThroughputExceededException', explainThrottle(stream, shardId, state.accountId));
      }
      const position = Math.max(iterator.position, shard.log.startPosition);
      const records = shard.log.read(position, Limit, BYTES_MAX);
      const bytes = records.reduce((sum, record) => sum + computeDataBytes(record), 0);
      shard.countRead(bytes);
      countGet(state, stream, records, bytes);
      const next = position + records.length;
      const oldestMs = shard.log.at(next)?.arrivedMs;
      return {
        Records: records.map(({ sequenceNumber, partitionKey, data, arrivedMs }) => ({
          SequenceNumber: sequenceNumber,
          ApproximateArrivalTimestamp: arrivedMs / 1000,
          Data: data,
          PartitionKey: partitionKey,
        })),
        NextShardIterator: renderIterator({ streamArn, shardId, position: next, issuedMs: nowMs }),
        MillisBehindLatest: oldestMs === undefined ? 0 : Math.floor(nowMs - oldestMs),
      };
    },
  });
}

/** "A value of zero indicates that the records being read are completely caught up", so an empty answer has that age. */
function countGet(state: KinesisState, stream: Stream, records: readonly StoredRecord[], bytes: number): void {
  const nowMs = state.nowMs();
  state.count(stream, 'GetRecords.Success', 1);
  state.count(stream, 'GetRecords.Records', records.length);
  state.count(stream, 'GetRecords.Bytes', bytes);
  state.count(stream, 'GetRecords.IteratorAgeMilliseconds', nowMs - (records.at(-1)?.arrivedMs ?? nowMs));
  state.count(stream, 'ReadProvisionedThroughputExceeded', 0);
}
