// All pollers of one stream: one a shard.

import { z } from 'zod';
import type { World } from '../../kernel/world.ts';
import type { LambdaService } from '../lambda-service.ts';
import { type EventSourceMapping, type Pollers, spawnPolling } from './event-source-mappings.ts';
import { POLL_INTERVAL_MS, ShardPoller } from './shard-poller.ts';

const shardsSchema = z.object({ Shards: z.array(z.object({ ShardId: z.string() })) });

export function startKinesisPollers(world: World, lambda: LambdaService, mapping: EventSourceMapping): Pollers {
  const random = world.random(`lambda/kinesis-pollers/${mapping.uuid}`);
  spawnPolling(world, mapping, async () => {
    const answer = await world.gateway.call({
      service: 'kinesis',
      operation: 'ListShards',
      caller: mapping.caller,
      input: { StreamARN: mapping.props.eventSourceArn },
    });
    for (const { ShardId } of shardsSchema.parse(answer).Shards) {
      const phaseMs = random.next() * POLL_INTERVAL_MS;
      const poller = new ShardPoller({ world, lambda, mapping, shardId: ShardId });
      spawnPolling(world, mapping, () => poller.run(world.clock.now() + phaseMs));
    }
  });
  // Each looks at the settings and the state once a second or oftener.
  return { onSettings() {}, stop() {} };
}
