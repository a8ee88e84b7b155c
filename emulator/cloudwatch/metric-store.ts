// Metrics in one-minute periods. What is recorded shows some time later: each minute of a metric has its own delay, drawn
// when its first datum comes. A datum that comes after its minute has ended waits that long from when it came.

import type { Clock } from '../kernel/clock.ts';
import type { LatencyModel } from '../kernel/latency.ts';
import type { MetricDatum, MetricSink } from '../kernel/world.ts';
import { describePeriod, mergeStatistics, type PeriodStatistics, Statistics } from './statistics.ts';

export type Dimensions = Readonly<Record<string, string>>;

export interface MetricIdentity {
  /** As AWS names it: `AWS/Lambda`. */
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Dimensions;
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

export interface Metric {
  readonly identity: MetricIdentity;
  readonly unit: string;
  /** When it is listed for the first time. */
  readonly listedMs: number;
}

interface StoredMetric extends Metric {
  readonly minutes: Map<number, Minute>;
}

const MINUTE_MS = 60_000;

export class MetricStore implements MetricSink {
  readonly #clock: Clock;
  readonly #latency: LatencyModel;
  /** By the object of the dimensions, which most recorders keep, and name: a way around the key. */
  readonly #recent = new WeakMap<MetricIdentity['dimensions'], Map<string, StoredMetric>>();
  readonly #metrics = new Map<string, StoredMetric>();
  /** Services give the same object each time. */
  readonly #keys = new WeakMap<Dimensions, string>();

  constructor(clock: Clock, latency: LatencyModel) {
    this.#clock = clock;
    this.#latency = latency;
  }

  record(datum: MetricDatum): void {
    this.open(datum, datum.timeMs, datum.unit).add(datum.value);
  }

  /** Where values of the metric at `timeMs` are added up. */
  open(identity: MetricIdentity, timeMs: number, unit = 'Count'): Statistics {
    const minute = this.#findMinute(this.#findMetric(identity, unit), timeMs);
    const appearsMs = Math.max(minute.startMs + MINUTE_MS, this.#clock.now()) + minute.delayMs;
    const last = minute.batches.at(-1);
    if (last?.appearsMs === appearsMs) return last.statistics;
    const statistics = new Statistics();
    minute.batches.push({ appearsMs, statistics });
    return statistics;
  }

  /** In order of time; a minute of which nothing shows is left out. */
  read(identity: MetricIdentity, { startMs, endMs, asOfMs }: ReadWindow): PeriodStatistics[] {
    const minutes = this.#metrics.get(this.#computeKey(identity))?.minutes;
    return [...(minutes?.values() ?? [])]
      .filter((minute) => minute.startMs >= startMs && minute.startMs < endMs)
      .sort((a, b) => a.startMs - b.startMs)
      .flatMap((minute) => {
        const shown = minute.batches.filter(({ appearsMs }) => appearsMs <= asOfMs).map(({ statistics }) => statistics);
        return shown.length > 0 ? describePeriod(minute.startMs, mergeStatistics(shown)) : [];
      });
  }

  find(identity: MetricIdentity): Metric | undefined {
    return this.#metrics.get(this.#computeKey(identity));
  }

  /** Those that are listed by `asOfMs`, in the order in which they came to be. */
  list(asOfMs: number): Metric[] {
    return [...this.#metrics.values()].filter(({ listedMs }) => listedMs <= asOfMs);
  }

  now(): number {
    return this.#clock.now();
  }

  #findMetric(identity: MetricIdentity, unit: string): StoredMetric {
    const { namespace, metricName, dimensions } = identity;
    let recent = this.#recent.get(dimensions);
    if (!recent) {
      recent = new Map();
      this.#recent.set(dimensions, recent);
    }
    const used = recent.get(metricName);
    if (used?.identity.namespace === namespace) return used;
    const found = this.#findByKey(identity, unit);
    recent.set(metricName, found);
    return found;
  }

  #findByKey(identity: MetricIdentity, unit: string): StoredMetric {
    const key = this.#computeKey(identity);
    const known = this.#metrics.get(key);
    if (known) return known;
    const { namespace, metricName, dimensions } = identity;
    const made: StoredMetric = {
      identity: { namespace, metricName, dimensions },
      unit,
      listedMs: this.#clock.now() + this.#latency.sampleMs('cloudwatch.listing'),
      minutes: new Map(),
    };
    this.#metrics.set(key, made);
    return made;
  }

  #findMinute({ minutes }: StoredMetric, timeMs: number): Minute {
    const startMs = Math.floor(timeMs / MINUTE_MS) * MINUTE_MS;
    const known = minutes.get(startMs);
    if (known) return known;
    const minute = { startMs, delayMs: this.#latency.sampleMs('cloudwatch.appearance'), batches: [] };
    minutes.set(startMs, minute);
    return minute;
  }

  #computeKey({ namespace, metricName, dimensions }: MetricIdentity): string {
    let key = this.#keys.get(dimensions);
    if (key === undefined) {
      key = JSON.stringify(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)));
      this.#keys.set(dimensions, key);
    }
    return `${namespace}\n${metricName}\n${key}`;
  }
}
