import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { type KinesisState, streamReference } from './create-kinesis-service.ts';
import { renderIterator } from './iterator.ts';
import type { StoredRecord } from './shard.ts';

export function getShardIterator(state: KinesisState): Operation {
  return defineOperation({
    name: 'GetShardIterator',
    input: z.strictObject({
      ...streamReference,
      ShardId: z.string().min(1),
      ShardIteratorType: z.enum([
        'TRIM_HORIZON',
        'LATEST',
        'AT_SEQUENCE_NUMBER',
        'AFTER_SEQUENCE_NUMBER',
        'AT_TIMESTAMP',
      ]),
      StartingSequenceNumber: z.string().optional(),
      /** Epoch seconds. */
      Timestamp: z.number().optional(),
    }),
    needs: (input) => [{ action: 'kinesis:GetShardIterator', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      const shard = stream.shards.find(({ id }) => id === input.ShardId);
      if (!shard) {
        throw new AwsError(
          'ResourceNotFoundException',
          `Shard ${input.ShardId} in stream ${stream.props.name} not found.`,
        );
      }
      const position = findPosition(shard.records, input);
      return { ShardIterator: renderIterator({ streamArn: stream.arn, shardId: shard.id, position }) };
    },
  });
}

function findPosition(
  records: readonly StoredRecord[],
  input: { ShardIteratorType: string; StartingSequenceNumber?: string | undefined; Timestamp?: number | undefined },
): number {
  const firstIndex = (isThere: (record: StoredRecord) => boolean) => {
    const index = records.findIndex(isThere);
    return index < 0 ? records.length : index;
  };
  switch (input.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return 0;
    case 'LATEST':
      return records.length;
    case 'AT_TIMESTAMP':
      return firstIndex(({ arrivedMs }) => arrivedMs >= (input.Timestamp ?? 0) * 1000);
    case 'AT_SEQUENCE_NUMBER':
      return firstIndex(({ sequenceNumber }) => sequenceNumber === input.StartingSequenceNumber);
    default:
      return firstIndex(({ sequenceNumber }) => sequenceNumber === input.StartingSequenceNumber) + 1;
  }
}
