// 95 % confidence intervals by drawing trials anew, with replacement (the bootstrap).
//
// Whole trials are drawn, never messages: the messages of one trial share its batches, its execution environments and its minutes, so they
// are not independent of one another. Intervals from drawn messages would be far too narrow.

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { errorFunction, quantileSorted } from 'simple-statistics';
import { lookUpStudentT975 } from './student-t.ts';

/** In the unit of what it is an interval of. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What a statistic came to in one resample after the other. */
export interface Replicates {
  /** Trials that were drawn from. */
  readonly trials: number;
  /** Of the trials as they are, each once. */
  readonly estimate: number;
  readonly values: readonly number[];
}

/** Constant: the same facts give the same report, to the byte. */
const SEED = 1;
/** Where all resamples are no more than that they are all taken, each once, and nothing is random: up to 5 trials. */
const RESAMPLES_MAX = 4000;
/** Pairs of resamples of two settings, likewise. */
const PAIRS_MAX = 10_000;

/** How often each trial is in a resample; adds up to the number of trials. */
export type TimesDrawn = readonly number[];

/** As many trials as there are, with replacement, many times over: every way to draw them, or a random sample of the ways. */
export function drawResamples(trials: number): TimesDrawn[] {
  const ways = trials ** trials;
  if (ways <= RESAMPLES_MAX) {
    return Array.from({ length: ways }, (_, way) =>
      countDrawn(trials, (place) => Math.floor(way / trials ** place) % trials),
    );
  }
  const generator = xoroshiro128plus(SEED);
  return Array.from({ length: RESAMPLES_MAX }, () => countDrawn(trials, () => uniformInt(generator, 0, trials - 1)));
}

function countDrawn(trials: number, drawTrial: (place: number) => number): TimesDrawn {
  const timesDrawn = new Array<number>(trials).fill(0);
  for (let place = 0; place < trials; place++) {
    const trial = drawTrial(place);
    timesDrawn[trial] = (timesDrawn[trial] ?? 0) + 1;
  }
  return timesDrawn;
}

/**
 * `resamples` are of `trials` trials. Undefined when the statistic has no value for the trials as they are, or for some resample of them (such
 * as the cost of a message where none arrived): an interval of the others only would be one of something else.
 */
export function computeReplicates(
  trials: number,
  resamples: readonly TimesDrawn[],
  computeStatistic: (timesDrawn: TimesDrawn) => number | undefined,
): Replicates | undefined {
  const estimate = computeStatistic(new Array<number>(trials).fill(1));
  if (estimate === undefined) return undefined;
  const values: number[] = [];
  for (const timesDrawn of resamples) {
    const value = computeStatistic(timesDrawn);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return { trials, estimate, values };
}

/** There must be at least two trials. */
export function computeInterval({ trials, values }: Replicates): Interval {
  return cutTails(values, computeTailShare(trials, trials - 1));
}

/** Of `to` less `from`, two settings whose trials have nothing to do with one another. Both must have at least two trials. */
export function computeDifferenceInterval(from: Replicates, to: Replicates): Interval {
  // As if both had as few trials as one of them: on the safe side where they differ.
  const trials = Math.min(from.trials, to.trials);
  return cutTails(subtract(from.values, to.values), computeTailShare(trials, 2 * (trials - 1)));
}

function subtract(from: readonly number[], to: readonly number[]): number[] {
  if (from.length * to.length <= PAIRS_MAX) return from.flatMap((before) => to.map((after) => after - before));
  const generator = xoroshiro128plus(SEED);
  const draw = (values: readonly number[]) => values[uniformInt(generator, 0, values.length - 1)] ?? Number.NaN;
  return Array.from({ length: PAIRS_MAX }, () => draw(to) - draw(from));
}

/**
 * What to cut off at either end. It would be 2.5 %, but replicates spread too little by a factor of √((n − 1) / n), and by normal instead
 * of t quantiles; with ten trials such an interval holds the true value 89 times of 100 only. The share is cut down by both: Φ(−t · √(n / (n − 1))), the
 * expanded percentile interval of T. C. Hesterberg, What Teachers Should Know About the Bootstrap, The American Statistician 69 (2015),
 * https://arxiv.org/abs/1411.5279. From five trials on that holds; with fewer, the least and the largest replicate are still not far enough apart.
 */
function computeTailShare(trials: number, degrees: number): number {
  const deviations = Math.sqrt(trials / (trials - 1)) * lookUpStudentT975(degrees);
  // The error function is an approximation, which can be above 1 by a hair.
  return Math.max(0, (1 - errorFunction(deviations / Math.SQRT2)) / 2);
}

function cutTails(values: readonly number[], tailShare: number): Interval {
  const sorted = Array.from(Float64Array.from(values).sort());
  return { low: quantileSorted(sorted, tailShare), high: quantileSorted(sorted, 1 - tailShare) };
}
