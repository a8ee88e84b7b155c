// Puts the kernel's parts together into what every service is given.

import type { AccessControl } from './access.ts';
import type { Clock } from './clock.ts';
import { Gateway } from './gateway.ts';
import { createLatencyModel, type LatencyModel } from './latency.ts';
import { createRandom } from './random.ts';
import { VirtualClock } from './virtual-clock.ts';
import type { MetricSink, World } from './world.ts';

export interface WorldOptions<Metrics extends MetricSink> {
  /** Any 32-bit integer; the same one draws the same run. */
  readonly seed: number;
  /** What the virtual clock shows at first, epoch milliseconds. */
  readonly startMs: number;
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly access: AccessControl;
  /** Makes the store behind `World.metrics`; the kernel knows none itself. */
  readonly metrics: (clock: Clock, latency: LatencyModel) => Metrics;
  /** As `VirtualClock` takes it. Default: one turn of the event loop. */
  readonly settle?: () => Promise<void>;
}

/** A world whose clock its owner can run. Services see only `World`. */
export interface RunnableWorld<Metrics extends MetricSink = MetricSink> extends World {
  readonly clock: VirtualClock;
  readonly metrics: Metrics;
}

export function createWorld<Metrics extends MetricSink>(options: WorldOptions<Metrics>): RunnableWorld<Metrics> {
  const { seed, startMs, region, accountId, access, settle } = options;
  const clock = new VirtualClock({ startMs, ...(settle && { settle }) });
  const random = (streamName: string) => createRandom(seed, streamName);
  const latency = createLatencyModel(random);
  return {
    clock,
    region,
    accountId,
    seed,
    random,
    sampleLatencyMs: (name) => latency.sampleMs(name),
    metrics: options.metrics(clock, latency),
    gateway: new Gateway({ clock, latency, access, random: random('gateway/request-ids') }),
  };
}
