// All pollers of one stream: one a shard.

import { z } from 'zod';
import type { World } from '../../kernel/world.ts';
import type { LambdaService } from '../lambda-service.ts';
import type { EventSourceMapping, Pollers } from './event-source-mapping.ts';
import { POLL_INTERVAL_MS, ShardPoller } from './shard-poller.ts';
import { spawnPolling } from './spawn-polling.ts';

const shardsSchema = z.object({ Shards: z.array(z.object({ ShardId: z.string() })) });

export class KinesisPollers implements Pollers {
  readonly #world: World;
  readonly #lambda: LambdaService;
  readonly #mapping: EventSourceMapping;
  /** By shard; kept while nothing is polled, as each knows how far it is. */
  readonly #pollers: { readonly poller: ShardPoller; readonly phaseMs: number }[] = [];
  #started: Promise<void> = Promise.resolve();

  constructor(world: World, lambda: LambdaService, mapping: EventSourceMapping) {
    this.#world = world;
    this.#lambda = lambda;
    this.#mapping = mapping;
  }

  start(): void {
    const { clock } = this.#world;
    this.#started = spawnPolling(this.#world, this.#mapping, async () => {
      if (this.#pollers.length === 0) await this.#findShards();
      for (const { poller, phaseMs } of this.#pollers) poller.start(clock.now() + phaseMs);
    });
  }

  async stop(): Promise<void> {
    await this.#started;
    await Promise.all(this.#pollers.map(({ poller }) => poller.stop()));
  }

  onSettings(): void {
    for (const { poller } of this.#pollers) poller.onSettings();
  }

  async #findShards(): Promise<void> {
    const world = this.#world;
    const lambda = this.#lambda;
    const mapping = this.#mapping;
    const random = world.random(`lambda/kinesis-pollers/${mapping.uuid}`);
    const answer = await world.gateway.call({
      service: 'kinesis',
      operation: 'ListShards',
      caller: mapping.caller,
      input: { StreamARN: mapping.props.eventSourceArn },
    });
    for (const { ShardId } of shardsSchema.parse(answer).Shards) {
      const poller = new ShardPoller({ world, lambda, mapping, shardId: ShardId });
      this.#pollers.push({ poller, phaseMs: random.next() * POLL_INTERVAL_MS });
    }
  }
}
