// Metrics in one-minute periods, each of which shows some time after its minute began.

import type { Clock } from '../kernel/clock.ts';
import type { LatencyModel } from '../kernel/latency.ts';
import type { MetricDatum, MetricSink } from '../kernel/world.ts';

export interface MinuteStatistics {
  readonly startMs: number;
  sum: number;
  sampleCount: number;
  minimum: number;
  maximum: number;
  /** From when on GetMetricData gives it. */
  readonly appearsMs: number;
}

const MINUTE_MS = 60_000;

export class MetricStore implements MetricSink {
  readonly #clock: Clock;
  readonly #latency: LatencyModel;
  readonly #minutesOfMetric = new Map<string, Map<number, MinuteStatistics>>();

  constructor(clock: Clock, latency: LatencyModel) {
    this.#clock = clock;
    this.#latency = latency;
  }

  record({ namespace, metricName, dimensions, value, timeMs }: MetricDatum): void {
    const name = computeMetricKey(namespace, metricName, dimensions);
    const minutes = this.#minutesOfMetric.get(name) ?? new Map<number, MinuteStatistics>();
    this.#minutesOfMetric.set(name, minutes);
    const startMs = Math.floor(timeMs / MINUTE_MS) * MINUTE_MS;
    let minute = minutes.get(startMs);
    if (!minute) {
      const appearsMs = startMs + MINUTE_MS + this.#latency.sampleMs('cloudwatch.appearance');
      minute = {
        startMs,
        sum: 0,
        sampleCount: 0,
        minimum: Number.POSITIVE_INFINITY,
        maximum: Number.NEGATIVE_INFINITY,
        appearsMs,
      };
      minutes.set(startMs, minute);
    }
    minute.sum += value;
    minute.sampleCount++;
    minute.minimum = Math.min(minute.minimum, value);
    minute.maximum = Math.max(minute.maximum, value);
  }

  /** Minutes that begin in [startMs, endMs) and show by now, in order. */
  read(
    metric: { namespace: string; metricName: string; dimensions: Readonly<Record<string, string>> },
    startMs: number,
    endMs: number,
  ): MinuteStatistics[] {
    const minutes = this.#minutesOfMetric.get(computeMetricKey(metric.namespace, metric.metricName, metric.dimensions));
    const nowMs = this.#clock.now();
    return [...(minutes?.values() ?? [])]
      .filter((minute) => minute.startMs >= startMs && minute.startMs < endMs && minute.appearsMs <= nowMs)
      .sort((a, b) => a.startMs - b.startMs);
  }
}

function computeMetricKey(namespace: string, metricName: string, dimensions: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metricName, sorted]);
}
