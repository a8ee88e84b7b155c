import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { parseIterator, renderIterator } from './iterator.ts';
import { explainThrottle } from './record-limits.ts';
import type { StoredRecord } from './shard.ts';
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
      const { streamArn, shardId, position } = parseIterator(ShardIterator);
      const stream = state.findStream({ StreamARN: streamArn });
      const shard = stream.findShard(shardId);
      if (!shard.admitRead()) {
        state.count(stream, 'ReadProvisionedThroughputExceeded', 1);
        throw new AwsError('ProvisionedThroughputExceededException', explainThrottle(stream, shardId, state.accountId));
      }
      const records = takeRecords(shard.records, position, Limit);
      shard.countRead(records.reduce((sum, { data }) => sum + Buffer.byteLength(data, 'base64'), 0));
      const next = position + records.length;
      const oldestMs = shard.records[next]?.arrivedMs;
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

/** As many as fit into one answer; a single one always does. */
function takeRecords(stored: readonly StoredRecord[], position: number, limit: number): readonly StoredRecord[] {
  let bytes = 0;
  let end = position;
  while (end < stored.length && end - position < limit) {
    bytes += Buffer.byteLength(stored[end]?.data ?? '', 'base64');
    if (bytes > BYTES_MAX && end > position) break;
    end++;
  }
  return stored.slice(position, end);
}
