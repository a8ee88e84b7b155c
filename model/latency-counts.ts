// Latencies by how often each came: exact quantiles in as much memory as latencies differ, however many messages there are.

/**
 * Pairs of a latency in whole milliseconds and how many messages had it, ascending, no latency twice. All clocks here tell whole
 * milliseconds, so nothing is lost by counting, and counts of several trials add up to the counts of all their messages: a quantile of
 * the sum is that of the pooled samples. Its length is bounded by the time that a trial takes, not by its messages.
 */
export type LatencyCounts = readonly (readonly [latencyMs: number, messages: number])[];

/** What a report gives of a distribution, where there are samples enough. */
const PROBABILITIES = [0.5, 0.9, 0.99, 0.999] as const;

export type Probability = (typeof PROBABILITIES)[number];

/** Values are rounded to whole milliseconds, halves upwards; they must be finite. */
export function countLatencies(latenciesMs: Iterable<number>): LatencyCounts {
  const messagesByLatency = new Map<number, number>();
  for (const latencyMs of latenciesMs) {
    const wholeMs = Math.round(latencyMs);
    messagesByLatency.set(wholeMs, (messagesByLatency.get(wholeMs) ?? 0) + 1);
  }
  return sortCounts(messagesByLatency);
}

/** The counts of all messages of `parts` taken together. */
export function mergeLatencyCounts(parts: readonly LatencyCounts[]): LatencyCounts {
  const messagesByLatency = new Map<number, number>();
  for (const [latencyMs, messages] of parts.flat()) {
    messagesByLatency.set(latencyMs, (messagesByLatency.get(latencyMs) ?? 0) + messages);
  }
  return sortCounts(messagesByLatency);
}

function sortCounts(messagesByLatency: ReadonlyMap<number, number>): LatencyCounts {
  return [...messagesByLatency].sort(([a], [b]) => a - b);
}

export function sumMessages(counts: LatencyCounts): number {
  return counts.reduce((sum, [, messages]) => sum + messages, 0);
}

/** Latencies below zero: clocks that disagree, or instants that came in another order. */
export function countNegative(counts: LatencyCounts): number {
  return sumMessages(counts.filter(([latencyMs]) => latencyMs < 0));
}

/**
 * The quantile at `probability` by linear interpolation between the two nearest order statistics (type 7 of Hyndman and
 * Fan 1996, the default of R and NumPy), or undefined when there are too few samples to support it.
 *
 * A quantile is supported by at least 1 / (1 - probability) samples: fewer leave nothing of the sample beyond it, and its
 * estimate would be the maximum by another name. So p50 takes 2 samples, p90 takes 10, p99 takes 100, p99.9 takes 1,000.
 */
export function computeQuantileMs(counts: LatencyCounts, probability: number): number | undefined {
  const messages = sumMessages(counts);
  if (messages < computeSamplesNeeded(probability)) return undefined;
  const rank = (messages - 1) * probability;
  const lower = Math.floor(rank);
  const lowerMs = findOrderStatistic(counts, lower);
  const upperMs = findOrderStatistic(counts, Math.ceil(rank));
  return lowerMs + (upperMs - lowerMs) * (rank - lower);
}

/** The latency at a 0-based rank of the sorted samples. */
function findOrderStatistic(counts: LatencyCounts, rank: number): number {
  let before = 0;
  for (const [latencyMs, messages] of counts) {
    before += messages;
    if (rank < before) return latencyMs;
  }
  throw new RangeError(`there is no sample of rank ${rank} among ${before}`);
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
  /** By probability: `quantilesMs[0.99]` is the p99. Rounded to a tenth of a millisecond. */
  readonly quantilesMs: Readonly<Partial<Record<Probability, number>>>;
  readonly maxMs?: number;
}

export function computeLatencySummary(counts: LatencyCounts): LatencySummary {
  const [minMs] = counts[0] ?? [];
  const [maxMs] = counts.at(-1) ?? [];
  return {
    count: sumMessages(counts),
    ...(minMs !== undefined && { minMs }),
    quantilesMs: computeQuantilesMs(counts),
    ...(maxMs !== undefined && { maxMs }),
  };
}

/** Rounded, so that JSON shows no digits that mean nothing. */
function computeQuantilesMs(counts: LatencyCounts): LatencySummary['quantilesMs'] {
  const quantiles = PROBABILITIES.flatMap((probability) => {
    const quantileMs = computeQuantileMs(counts, probability);
    return quantileMs === undefined ? [] : [[probability, Math.round(quantileMs * 10) / 10]];
  });
  return Object.fromEntries(quantiles);
}

/** Points of a distribution function: the share of messages (0 to 1) whose latency is at most that. */
export type Ecdf = readonly (readonly [latencyMs: number, share: number])[];

/**
 * The empirical distribution function at `pointsMax` ranks at most, spread evenly, the first and the last sample among them: as much of it as
 * a chart can show.
 */
export function computeEcdf(counts: LatencyCounts, pointsMax: number): Ecdf {
  const messages = sumMessages(counts);
  const points: [number, number][] = [];
  let upTo = 0;
  let shown = -1;
  for (const [index, [latencyMs, messagesHere]] of counts.entries()) {
    upTo += messagesHere;
    const step = Math.floor(((upTo - 1) / Math.max(1, messages - 1)) * (pointsMax - 1));
    if (step === shown && index < counts.length - 1) continue;
    // The last of a step stands for it: what comes after it is farther up.
    shown = step;
    points.push([latencyMs, upTo / messages]);
  }
  return points.length <= pointsMax ? points : [...points.slice(0, pointsMax - 1), ...points.slice(-1)];
}
