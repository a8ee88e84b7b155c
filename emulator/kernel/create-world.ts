// Puts the kernel's parts together into what every service is given.

import type { AccessControl } from './access.ts';
import type { Clock } from './clock.ts';
import { Gateway } from './gateway.ts';
import { createLatencyModel, type LatencyModel } from './latency.ts';
import { createRandom } from './random.ts';
import { VirtualClock } from './virtual-clock.ts';
import type { MetricSink, World } from './world.ts';

export interface WorldParts<Metrics extends MetricSink, WorldClock extends Clock = Clock> {
  readonly clock: WorldClock;
  /** Any 32-bit integer; the same one draws the same run. */
  readonly seed: number;
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  readonly access: AccessControl;
  /** Makes the store behind `World.metrics`; the kernel knows none itself. */
  readonly metrics: (clock: Clock, latency: LatencyModel) => Metrics;
  /** Of queue URLs: what stands before the account. Default: SQS's own host, as clients warn of any other; who takes its answers from the emulator reaches no host at all. */
  readonly queueOrigin?: string;
}

/** What services see is only `World`. */
export interface AssembledWorld<Metrics extends MetricSink = MetricSink, WorldClock extends Clock = Clock>
  extends World {
  readonly clock: WorldClock;
  readonly metrics: Metrics;
}

/** A world whose clock its owner can run. */
export type RunnableWorld<Metrics extends MetricSink = MetricSink> = AssembledWorld<Metrics, VirtualClock>;

export interface WorldOptions<Metrics extends MetricSink> extends Omit<WorldParts<Metrics>, 'clock'> {
  /** What the virtual clock shows at first, epoch milliseconds. */
  readonly startMs: number;
  /** As `VirtualClock` takes it. Default: one turn of the event loop. */
  readonly settle?: () => Promise<void>;
}

/** A world in virtual time. */
export function createWorld<Metrics extends MetricSink>(options: WorldOptions<Metrics>): RunnableWorld<Metrics> {
  const { startMs, settle, ...parts } = options;
  return assembleWorld({ ...parts, clock: new VirtualClock({ startMs, ...(settle && { settle }) }) });
}

export function assembleWorld<Metrics extends MetricSink, WorldClock extends Clock>(
  parts: WorldParts<Metrics, WorldClock>,
): AssembledWorld<Metrics, WorldClock> {
  const { clock, seed, region, accountId, access } = parts;
  const random = (streamName: string) => createRandom(seed, streamName);
  const latency = createLatencyModel(random);
  return {
    clock,
    region,
    accountId,
    seed,
    queueOrigin: parts.queueOrigin ?? `https://sqs.${region}.amazonaws.com`,
    random,
    sampleLatencyMs: (name) => latency.sampleMs(name),
    metrics: parts.metrics(clock, latency),
    gateway: new Gateway({ clock, latency, access, random: random('gateway/request-ids') }),
  };
}
