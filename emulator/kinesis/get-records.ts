import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { type KinesisState, streamReference } from './create-kinesis-service.ts';
import { parseIterator, renderIterator } from './iterator.ts';
import type { StoredRecord } from './shard.ts';

/** https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
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
      const { streamArn, shardId, position } = parseIterator(ShardIterator);
      const stream = state.findStream({ StreamARN: streamArn });
      const stored = stream.shards.find(({ id }) => id === shardId)?.records ?? [];
      const records = takeRecords(stored, position, Limit);
      const next = position + records.length;
      const oldestMs = stored[next]?.arrivedMs;
      return {
        Records: records.map(({ sequenceNumber, partitionKey, data, arrivedMs }) => ({
          SequenceNumber: sequenceNumber,
          ApproximateArrivalTimestamp: arrivedMs / 1000,
          Data: data,
          PartitionKey: partitionKey,
        })),
        NextShardIterator: renderIterator({ streamArn, shardId, position: next }),
        MillisBehindLatest: oldestMs === undefined ? 0 : Math.floor(state.nowMs() - oldestMs),
      };
    },
  });
}

function takeRecords(stored: readonly StoredRecord[], position: number, limit: number): readonly StoredRecord[] {
  let bytes = 0;
  let end = position;
  while (end < stored.length && end - position < limit && bytes < BYTES_MAX) {
    bytes += Buffer.byteLength(stored[end]?.data ?? '', 'base64');
    end++;
  }
  return stored.slice(position, end);
}
