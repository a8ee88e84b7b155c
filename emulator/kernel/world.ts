// What every emulated service is given. Services reach one another only through the gateway, as AWS's own do.

import type { Clock } from './clock.ts';
import type { Gateway } from './gateway.ts';
import type { LatencyName } from './latency.ts';
import type { Random } from './random.ts';

export interface World {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly seed: number;
  /** What queue URLs begin with; the account and the queue's name follow. SQS clients take their endpoint from it. */
  readonly queueOrigin: string;
  /** The seeded stream of one user; ask once and keep it. */
  random(streamName: string): Random;
  /** Draws one duration in milliseconds from the named distribution. */
  sampleLatencyMs(name: LatencyName): number;
  readonly metrics: MetricSink;
  readonly gateway: Gateway;
}

/** Where services report what CloudWatch would show. */
export interface MetricSink {
  record(datum: MetricDatum): void;
}

export interface MetricDatum {
  /** As AWS names it: `AWS/Lambda`. */
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** As AWS names it: `Milliseconds`. Default `Count`. */
  readonly unit?: string;
  /** The instant the datum belongs to, which decides its minute. */
  readonly timeMs: number;
}
