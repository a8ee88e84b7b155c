// A shard as ListShards and DescribeStream show it.

import type { Shard } from './shard.ts';

export function describeShard({ id, startingHashKey, endingHashKey, startingSequenceNumber }: Shard): object {
  return {
    ShardId: id,
    HashKeyRange: { StartingHashKey: String(startingHashKey), EndingHashKey: String(endingHashKey) },
    SequenceNumberRange: { StartingSequenceNumber: startingSequenceNumber },
  };
}
