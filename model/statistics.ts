// Order statistics of latency samples.

import { quantileSorted } from 'simple-statistics';

/** Numbers in ascending order: a type of its own, so that nobody takes a quantile of unsorted ones. */
export class SortedSamples {
  readonly values: readonly number[];

  /** Sorts a copy. Every value must be finite. */
  constructor(values: Iterable<number>) {
    this.values = Array.from(Float64Array.from(values).sort());
  }
}

/**
 * The quantile at `probability` by linear interpolation between the two nearest order statistics (type 7 of Hyndman and
 * Fan 1996, the default of R and NumPy), or undefined when there are too few samples to support it.
 *
 * A quantile is supported by at least 1 / (1 - probability) samples: fewer leave nothing of the sample beyond it, and its
 * estimate would be the maximum by another name. So p50 takes 2 samples, p90 takes 10, p99 takes 100.
 */
export function computeQuantile(samples: SortedSamples, probability: number): number | undefined {
  if (samples.values.length < computeSamplesNeeded(probability)) return undefined;
  return quantileSorted(samples.values, probability);
}

/** The fewest samples that support the quantile at `probability`, which must be in [0, 1). */
export function computeSamplesNeeded(probability: number): number {
  // Rounded before the ceiling, as 1 / (1 - 0.9) is 10.000000000000002.
  return Math.ceil(Number((1 / (1 - probability)).toFixed(6)));
}

/** A latency's distribution in milliseconds. What the samples are too few for is absent. */
export interface LatencySummary {
  /** Samples. */
  readonly count: number;
  readonly minMs?: number;
  readonly p50Ms?: number;
  readonly p90Ms?: number;
  readonly p99Ms?: number;
  readonly maxMs?: number;
}

export function computeLatencySummary(samples: SortedSamples): LatencySummary {
  return dropAbsent({
    count: samples.values.length,
    minMs: samples.values[0],
    p50Ms: computeQuantile(samples, 0.5),
    p90Ms: computeQuantile(samples, 0.9),
    p99Ms: computeQuantile(samples, 0.99),
    maxMs: samples.values.at(-1),
  });
}

/** Rounds to a tenth of a millisecond, so that JSON shows no digits that mean nothing; leaves out what is undefined. */
function dropAbsent(
  summary: { count: number } & { [Key in keyof LatencySummary]: number | undefined },
): LatencySummary {
  const { count, ...quantiles } = summary;
  const present = Object.entries(quantiles).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, Math.round(value * 10) / 10]],
  );
  return { count, ...Object.fromEntries(present) };
}
