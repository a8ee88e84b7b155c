import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { describeShard } from './describe-shard.ts';
import { streamReference } from './stream-reference.ts';

export function listShards(state: KinesisState): Operation {
  return defineOperation({
    name: 'ListShards',
    input: z.strictObject(streamReference),
    needs: (input) => [{ action: 'kinesis:ListShards', resource: state.computeArn(input) }],
    handle: (input) => ({ Shards: state.findStream(input).shards.map(describeShard) }),
  });
}
