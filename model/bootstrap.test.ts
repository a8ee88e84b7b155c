import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { mean, quantileSorted, sampleStandardDeviation } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import {
  computeDifferenceInterval,
  computeInterval,
  computeReplicates,
  drawResamples,
  type Replicates,
} from './bootstrap.ts';
import { lookUpStudentT975 } from './student-t.ts';

const value = fc.integer({ min: -1000, max: 1000 });
const someTrials = (maxLength: number) => fc.array(value, { minLength: 2, maxLength });

/** Each trial is a single value here, and the statistic their mean. */
function resampleMean(trials: readonly number[]): Replicates {
  const replicates = computeReplicates(
    trials.length,
    drawResamples(trials.length),
    (timesDrawn) => trials.reduce((sum, of, trial) => sum + of * (timesDrawn[trial] ?? 0), 0) / trials.length,
  );
  if (!replicates) throw new Error('a mean is always defined');
  return replicates;
}

describe('drawResamples', () => {
  test.each([1, 2, 3, 4, 5])('takes every way to draw %i trials once', (trials) => {
    const ways = listWays(trials).map((drawn) => drawn.map((_, trial) => drawn.filter((it) => it === trial).length));

    expect(drawResamples(trials).map(String).sort()).toEqual(ways.map(String).sort());
  });

  test.each([6, 8, 10])('draws as many as there are of %i trials, each as often as any other', (trials) => {
    const resamples = drawResamples(trials);

    expect(new Set(resamples.map((timesDrawn) => timesDrawn.reduce((sum, times) => sum + times)))).toEqual(
      new Set([trials]),
    );
    for (let trial = 0; trial < trials; trial++) {
      expect(mean(resamples.map((timesDrawn) => timesDrawn[trial] ?? Number.NaN))).toBeCloseTo(1, 1);
    }
  });

  test('draws the same again', () => {
    expect(drawResamples(8)).toEqual(drawResamples(8));
  });
});

describe('computeReplicates', () => {
  test('has no value when some resample has none, as one of trials in which nothing arrived', () => {
    const arrived = [10, 0];
    const computeShare = (timesDrawn: readonly number[]) => {
      const sum = arrived.reduce((total, messages, trial) => total + messages * (timesDrawn[trial] ?? 0), 0);
      return sum === 0 ? undefined : 1 / sum;
    };

    expect(computeShare([1, 1])).toBeDefined();
    expect(computeReplicates(2, drawResamples(2), computeShare)).toBeUndefined();
  });
});

describe('computeInterval', () => {
  test('of up to three trials reaches from the least to the largest resample', () => {
    fc.assert(
      fc.property(someTrials(3), (trials) => {
        const means = listWays(trials.length).map((drawn) => mean(drawn.map((trial) => trials[trial] ?? Number.NaN)));

        const { low, high } = computeInterval(resampleMean(trials));

        expect(low).toBeCloseTo(Math.min(...means), 2);
        expect(high).toBeCloseTo(Math.max(...means), 2);
      }),
    );
  });

  test('of trials that are all alike has no width', () => {
    expect(computeInterval(resampleMean([7, 7, 7, 7, 7, 7]))).toEqual({ low: 7, high: 7 });
  });

  test('moves and stretches with its trials', () => {
    fc.assert(
      fc.property(someTrials(7), fc.integer({ min: 1, max: 9 }), value, (trials, factor, offset) => {
        const { low, high } = computeInterval(resampleMean(trials));

        const moved = computeInterval(resampleMean(trials.map((of) => of * factor + offset)));

        expect(moved.low).toBeCloseTo(low * factor + offset, 6);
        expect(moved.high).toBeCloseTo(high * factor + offset, 6);
      }),
      { numRuns: 30 },
    );
  });

  test('of ten trials that spread evenly is about the t interval of their mean', () => {
    const trials = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
    const halfWidth = (lookUpStudentT975(9) * sampleStandardDeviation(trials)) / Math.sqrt(10);

    const { low, high } = computeInterval(resampleMean(trials));

    expect((high - low) / 2 / halfWidth).toBeGreaterThan(0.95);
    expect((high - low) / 2 / halfWidth).toBeLessThan(1.05);
  });
});

describe('computeDifferenceInterval', () => {
  test('is the one of all pairs of resamples, where they are few', () => {
    fc.assert(
      fc.property(someTrials(3), someTrials(3), (before, after) => {
        const meansOf = (trials: readonly number[]) =>
          listWays(trials.length).map((drawn) => mean(drawn.map((trial) => trials[trial] ?? Number.NaN)));
        const differences = meansOf(after)
          .flatMap((to) => meansOf(before).map((from) => to - from))
          .sort((a, b) => a - b);
        // Φ(−t √(n / (n − 1))) of 2 (n − 1) degrees of freedom, from a table of the normal distribution.
        const tailShare = Math.min(before.length, after.length) === 2 ? 0 : 0.000337;

        const { low, high } = computeDifferenceInterval(resampleMean(before), resampleMean(after));

        expect(low).toBeCloseTo(quantileSorted(differences, tailShare), 0);
        expect(high).toBeCloseTo(quantileSorted(differences, 1 - tailShare), 0);
      }),
    );
  });

  test('mirrors itself when the settings change places', () => {
    fc.assert(
      fc.property(someTrials(3), someTrials(4), (before, after) => {
        const there = computeDifferenceInterval(resampleMean(before), resampleMean(after));
        const back = computeDifferenceInterval(resampleMean(after), resampleMean(before));

        expect(back.low).toBeCloseTo(-there.high, 6);
        expect(back.high).toBeCloseTo(-there.low, 6);
      }),
      { numRuns: 20 },
    );
  });

  test('of many trials comes from pairs that have nothing to do with one another', () => {
    const trials = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
    const { low, high } = computeInterval(resampleMean(trials));

    const difference = computeDifferenceInterval(resampleMean(trials), resampleMean(trials));

    // √2 as wide, and a little less for the more degrees of freedom; no width at all if both were drawn alike.
    expect((difference.high - difference.low) / (high - low)).toBeGreaterThan(1.25);
    expect((difference.high - difference.low) / (high - low)).toBeLessThan(1.42);
  });
});

describe('how far intervals of few trials can be trusted, as reports say it', () => {
  test.each([
    [2, 50, 34],
    [3, 72, 12],
    [4, 88, 6],
    [5, 91, 6],
    [10, 94, 5],
  ])(
    '%i trials: %i of 100 intervals hold the true value; %i of 100 verdicts on equal settings are wrong',
    (trials, holding, wrong) => {
      const generator = xoroshiro128plus(7);
      const drawTrials = () => Array.from({ length: trials }, () => drawNormal(() => uniformFloat64(generator)));
      const runs = Array.from({ length: 400 }, () => {
        const [before, after] = [resampleMean(drawTrials()), resampleMean(drawTrials())];
        return { interval: computeInterval(before), difference: computeDifferenceInterval(before, after) };
      });
      const isZeroIn = ({ low, high }: { low: number; high: number }) => low <= 0 && 0 <= high;

      const percent = (count: number) => (100 * count) / runs.length;
      expect(Math.abs(percent(runs.filter(({ interval }) => isZeroIn(interval)).length) - holding)).toBeLessThan(5);
      expect(Math.abs(percent(runs.filter(({ difference }) => !isZeroIn(difference)).length) - wrong)).toBeLessThan(5);
    },
  );
});

/** Every sequence of `trials` trials out of as many. */
function listWays(trials: number): number[][] {
  const extend = (length: number): number[][] =>
    length === 0
      ? [[]]
      : extend(length - 1).flatMap((drawn) => Array.from({ length: trials }, (_, trial) => [...drawn, trial]));
  return extend(trials);
}

/** Box and Muller. */
function drawNormal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}
