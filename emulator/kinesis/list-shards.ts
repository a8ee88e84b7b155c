import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { type KinesisState, streamReference } from './create-kinesis-service.ts';

export function listShards(state: KinesisState): Operation {
  return defineOperation({
    name: 'ListShards',
    input: z.strictObject(streamReference),
    needs: (input) => [{ action: 'kinesis:ListShards', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      return {
        Shards: stream.shards.map((shard) => ({
          ShardId: shard.id,
          HashKeyRange: {
            StartingHashKey: String(shard.startingHashKey),
            EndingHashKey: String(stream.endingHashKey(shard)),
          },
          SequenceNumberRange: { StartingSequenceNumber: shard.records[0]?.sequenceNumber ?? '0' },
        })),
      };
    },
  });
}
