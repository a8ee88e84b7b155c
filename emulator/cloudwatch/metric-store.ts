// Metrics in one-minute periods. What is recorded shows some time later: each minute of a metric has its own delay, drawn
// when its first datum comes. A datum that comes after its minute has ended waits that long from when it came.

import type { Clock } from '../kernel/clock.ts';
import type { LatencyModel } from '../kernel/latency.ts';
import type { MetricDatum, MetricSink } from '../kernel/world.ts';
import { computeStatisticsOf, mergeStatistics, type PeriodStatistics, type Statistics } from './statistics.ts';

export interface MetricIdentity {
  /** As AWS names it: `AWS/Lambda`. */
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface ReadWindow {
  /** Minutes that begin in [startMs, endMs), epoch milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
  /** What showed at this instant, which must not be in the future. */
  readonly asOfMs: number;
}

/** Values of one minute that show from the same instant on. */
interface Batch {
  readonly appearsMs: number;
  readonly statistics: Statistics;
}

interface Minute {
  readonly startMs: number;
  readonly delayMs: number;
  /** In the order in which they show. */
  readonly batches: Batch[];
}

const MINUTE_MS = 60_000;

export class MetricStore implements MetricSink {
  readonly #clock: Clock;
  readonly #latency: LatencyModel;
  readonly #minutesOfMetric = new Map<string, Map<number, Minute>>();

  constructor(clock: Clock, latency: LatencyModel) {
    this.#clock = clock;
    this.#latency = latency;
  }

  record(datum: MetricDatum): void {
    const minute = this.#findMinute(datum);
    const appearsMs = Math.max(minute.startMs + MINUTE_MS, this.#clock.now()) + minute.delayMs;
    const statistics = computeStatisticsOf(datum.value);
    const last = minute.batches.at(-1);
    if (last?.appearsMs !== appearsMs) {
      minute.batches.push({ appearsMs, statistics });
      return;
    }
    minute.batches[minute.batches.length - 1] = { appearsMs, statistics: mergeStatistics(last.statistics, statistics) };
  }

  /** In order of time; a minute of which nothing shows is left out. */
  read(metric: MetricIdentity, { startMs, endMs, asOfMs }: ReadWindow): PeriodStatistics[] {
    const minutes = this.#minutesOfMetric.get(computeMetricKey(metric));
    return [...(minutes?.values() ?? [])]
      .filter((minute) => minute.startMs >= startMs && minute.startMs < endMs)
      .sort((a, b) => a.startMs - b.startMs)
      .flatMap((minute) => {
        const shown = minute.batches.filter(({ appearsMs }) => appearsMs <= asOfMs).map(({ statistics }) => statistics);
        const [first, ...others] = shown;
        return first ? { startMs: minute.startMs, ...others.reduce(mergeStatistics, first) } : [];
      });
  }

  now(): number {
    return this.#clock.now();
  }

  #findMinute(datum: MetricDatum): Minute {
    const key = computeMetricKey(datum);
    const startMs = Math.floor(datum.timeMs / MINUTE_MS) * MINUTE_MS;
    let minutes = this.#minutesOfMetric.get(key);
    if (!minutes) {
      minutes = new Map();
      this.#minutesOfMetric.set(key, minutes);
    }
    let minute = minutes.get(startMs);
    if (!minute) {
      minute = { startMs, delayMs: this.#latency.sampleMs('cloudwatch.appearance'), batches: [] };
      minutes.set(startMs, minute);
    }
    return minute;
  }
}

function computeMetricKey({ namespace, metricName, dimensions }: MetricIdentity): string {
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, metricName, sorted]);
}
