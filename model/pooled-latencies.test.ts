import fc from 'fast-check';
import { quantileSorted } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { computeQuantileMs, countLatencies, mergeLatencyCounts } from './latency-counts.ts';
import { computePooledQuantileMs, poolLatencies } from './pooled-latencies.ts';

const samples = fc.array(fc.integer({ min: -20, max: 60 }), { maxLength: 60 });
const probability = fc.constantFrom(0, 0.25, 0.5, 0.9, 0.99);

/** Trials' samples, and how often each is drawn. */
const draws = fc
  .array(fc.tuple(samples, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 5 })
  .map((trials) => ({
    trials: trials.map(([latenciesMs]) => latenciesMs),
    timesDrawn: trials.map(([, times]) => times),
  }));

describe('computePooledQuantileMs', () => {
  test('is the quantile of the samples thrown together as often as they were drawn', () => {
    fc.assert(
      fc.property(draws, probability, ({ trials, timesDrawn }, p) => {
        const pool = trials.flatMap((latenciesMs, trial) =>
          Array.from({ length: timesDrawn[trial] ?? 0 }).flatMap(() => latenciesMs),
        );
        const pooled = poolLatencies(trials.map(countLatencies));

        const quantileMs = computePooledQuantileMs(pooled, timesDrawn, p);

        if (pool.length === 0) expect(quantileMs).toBeUndefined();
        else
          expect(quantileMs).toBeCloseTo(
            quantileSorted(
              pool.toSorted((a, b) => a - b),
              p,
            ),
            9,
          );
      }),
      { numRuns: 500 },
    );
  });

  test('is to the last digit the quantile of the merged counts when each trial is drawn once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer(), { minLength: 40 }), { minLength: 3, maxLength: 6 }), (trials) => {
        const counts = trials.map(countLatencies);

        expect(
          computePooledQuantileMs(
            poolLatencies(counts),
            counts.map(() => 1),
            0.99,
          ),
        ).toBe(computeQuantileMs(mergeLatencyCounts(counts), 0.99));
      }),
    );
  });

  test('of trials without a message is undefined', () => {
    expect(computePooledQuantileMs(poolLatencies([[], []]), [1, 1], 0.5)).toBeUndefined();
  });
});

describe('poolLatencies', () => {
  test('takes room by distinct latencies, not by messages', () => {
    const pooled = poolLatencies([
      [
        [5, 1_000_000],
        [7, 2],
      ],
      [[7, 1_000_000]],
    ]);

    expect([...pooled.axisMs]).toEqual([5, 7]);
    expect([...pooled.upTo]).toEqual([1_000_000, 0, 1_000_002, 1_000_000]);
  });
});
