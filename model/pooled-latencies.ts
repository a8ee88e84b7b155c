// Latencies of several trials side by side, so that a quantile of any mix of the trials is found without mixing them.

import type { LatencyCounts } from './latency-counts.ts';

/** One axis for all trials: its length is the number of distinct latencies, whatever the number of messages. */
export interface PooledLatencies {
  /** Every latency that some trial has, ascending, whole milliseconds. */
  readonly axisMs: Float64Array;
  /** By latency, then by trial: messages of the trial that took at most as long. */
  readonly upTo: Uint32Array;
  readonly trials: number;
}

/** Takes one pass over each trial, and one over the axis for each. */
export function poolLatencies(trials: readonly LatencyCounts[]): PooledLatencies {
  const axisMs = trials.reduce<Float64Array>(mergeIntoAxis, new Float64Array());
  const upTo = new Uint32Array(axisMs.length * trials.length);
  for (const [trial, counts] of trials.entries()) {
    let next = 0;
    let messages = 0;
    for (let index = 0; index < axisMs.length; index++) {
      const count = counts[next];
      if (count !== undefined && count[0] === axisMs[index]) {
        messages += count[1];
        next++;
      }
      upTo[index * trials.length + trial] = messages;
    }
  }
  return { axisMs, upTo, trials: trials.length };
}

/** Both ascend, and no value is in either twice. */
function mergeIntoAxis(axisMs: Float64Array, counts: LatencyCounts): Float64Array {
  const merged = new Float64Array(axisMs.length + counts.length);
  let length = 0;
  let next = 0;
  for (const [latencyMs] of counts) {
    for (let before = axisMs[next]; before !== undefined && before < latencyMs; before = axisMs[next]) {
      merged[length++] = before;
      next++;
    }
    if (axisMs[next] === latencyMs) next++;
    merged[length++] = latencyMs;
  }
  merged.set(axisMs.subarray(next), length);
  return merged.slice(0, length + axisMs.length - next);
}

/**
 * The quantile at `probability` (type 7, as `computeQuantileMs`) of a pool that each trial's messages are in as often as `timesDrawn`
 * says; undefined when the pool is empty. Takes time by the logarithm of the axis. Whether the samples support the quantile is for the
 * caller to know.
 */
export function computePooledQuantileMs(
  { axisMs, upTo, trials }: PooledLatencies,
  timesDrawn: readonly number[],
  probability: number,
): number | undefined {
  const countUpTo = (index: number) => {
    let messages = 0;
    for (let trial = 0; trial < trials; trial++) {
      messages += (timesDrawn[trial] ?? 0) * (upTo[index * trials + trial] ?? 0);
    }
    return messages;
  };
  const findOrderStatistic = (rank: number) => {
    let low = 0;
    let high = axisMs.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (countUpTo(middle) > rank) high = middle;
      else low = middle + 1;
    }
    return axisMs[low] ?? Number.NaN;
  };
  const messages = axisMs.length === 0 ? 0 : countUpTo(axisMs.length - 1);
  if (messages === 0) return undefined;
  const rank = (messages - 1) * probability;
  const lower = Math.floor(rank);
  const lowerMs = findOrderStatistic(lower);
  const upperMs = lower === rank ? lowerMs : findOrderStatistic(lower + 1);
  return lowerMs + (upperMs - lowerMs) * (rank - lower);
}
