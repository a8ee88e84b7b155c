import fc from 'fast-check';
import { quantileSorted } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import {
  computeEcdf,
  computeLatencySummary,
  computeQuantileMs,
  computeSamplesNeeded,
  countLatencies,
  countNegative,
  mergeLatencyCounts,
} from './latency-counts.ts';

const upTo = (count: number) => countLatencies(Array.from({ length: count }, (_, index) => index + 1));

const latencies = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 100, maxLength: 300 });

describe('countLatencies', () => {
  test('sorts by value, not by digits, and counts what comes again', () => {
    expect(countLatencies([10, 9, 100, -1, 9])).toEqual([
      [-1, 1],
      [9, 2],
      [10, 1],
      [100, 1],
    ]);
  });

  test('rounds halves of a millisecond upwards', () => {
    expect(countLatencies([0.5, -0.5, 1.4])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });
});

describe('mergeLatencyCounts', () => {
  test('gives the counts of the pooled samples', () => {
    fc.assert(
      fc.property(fc.array(latencies, { maxLength: 4 }), (parts) => {
        expect(mergeLatencyCounts(parts.map(countLatencies))).toEqual(countLatencies(parts.flat()));
      }),
    );
  });
});

describe('countNegative', () => {
  test('counts messages below zero, and zero not among them', () => {
    expect(countNegative(countLatencies([-3, -3, -1, 0, 4]))).toBe(3);
  });
});

describe('computeQuantileMs', () => {
  test('agrees with the definition written out', () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(0.1, 0.25, 0.5, 0.75, 0.9, 0.99), (values, p) => {
        expect(computeQuantileMs(countLatencies(values), p)).toBeCloseTo(computeQuantileSlowly(values, p), 6);
      }),
    );
  });

  test('is near the quantile that simple-statistics takes of the samples one by one', () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(0.5, 0.9, 0.99), (values, p) => {
        const sorted = values.toSorted((a, b) => a - b);
        const neighbours = [Math.floor(sorted.length * p) - 1, Math.ceil(sorted.length * p)].map(
          (rank) => sorted[Math.min(sorted.length - 1, Math.max(0, rank))] ?? Number.NaN,
        );
        const quantileMs = computeQuantileMs(countLatencies(values), p) ?? Number.NaN;

        for (const value of [quantileMs, quantileSorted(sorted, p)]) {
          expect(value).toBeGreaterThanOrEqual(neighbours[0] ?? Number.NaN);
          expect(value).toBeLessThanOrEqual(neighbours[1] ?? Number.NaN);
        }
      }),
    );
  });

  test('lies between the smallest and the largest sample, and grows with its probability', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const counts = countLatencies(values);
        const quantiles = [0, 0.5, 0.9, 0.99].map((p) => computeQuantileMs(counts, p) ?? Number.NaN);

        expect(quantiles[0]).toBe(Math.min(...values));
        expect(quantiles.toSorted((a, b) => a - b)).toEqual(quantiles);
        expect(quantiles[3]).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });
});

describe('computeSamplesNeeded', () => {
  test.each([
    [0, 1],
    [0.5, 2],
    [0.9, 10],
    [0.99, 100],
    [0.999, 1000],
  ])('the quantile at %f takes %i samples', (probability, needed) => {
    expect(computeSamplesNeeded(probability)).toBe(needed);
  });
});

describe('computeLatencySummary', () => {
  test.each([
    [1, []],
    [2, ['0.5']],
    [9, ['0.5']],
    [10, ['0.5', '0.9']],
    [99, ['0.5', '0.9']],
    [100, ['0.5', '0.9', '0.99']],
    [999, ['0.5', '0.9', '0.99']],
    [1000, ['0.5', '0.9', '0.99', '0.999']],
  ])('%i samples support the quantiles %j', (count, keys) => {
    expect(Object.keys(computeLatencySummary(upTo(count)).quantilesMs)).toEqual(keys);
  });

  test('of no samples has neither quantile nor extreme', () => {
    expect(computeLatencySummary([])).toEqual({ count: 0, quantilesMs: {} });
  });

  test('rounds to a tenth of a millisecond', () => {
    expect(computeLatencySummary(upTo(100))).toEqual({
      count: 100,
      minMs: 1,
      quantilesMs: { 0.5: 50.5, 0.9: 90.1, 0.99: 99 },
      maxMs: 100,
    });
  });
});

describe('computeEcdf', () => {
  test('is on the distribution function, rises to 1, and keeps to the number of points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 400 }), (values) => {
        const points = computeEcdf(countLatencies(values), 20);

        expect(points.length).toBeLessThanOrEqual(20);
        expect(points.at(-1)).toEqual([Math.max(...values), 1]);
        for (const [latencyMs, share] of points) {
          expect(share).toBe(values.filter((value) => value <= latencyMs).length / values.length);
        }
      }),
    );
  });

  test('has every latency where there are few', () => {
    expect(computeEcdf(countLatencies([5, 5, 7, 9]), 10)).toEqual([
      [5, 0.5],
      [7, 0.75],
      [9, 1],
    ]);
  });

  test('of nothing is empty', () => {
    expect(computeEcdf([], 10)).toEqual([]);
  });
});

/** Type 7 by counting: the value at rank (n - 1) p, found without any sorting of the whole. */
function computeQuantileSlowly(values: readonly number[], probability: number): number {
  const rank = (values.length - 1) * probability;
  const valueAtRank = (index: number) =>
    values.find((candidate) => {
      const below = values.filter((value) => value < candidate).length;
      const upTo = values.filter((value) => value <= candidate).length;
      return below <= index && index < upTo;
    }) ?? Number.NaN;
  const lower = valueAtRank(Math.floor(rank));
  const upper = valueAtRank(Math.ceil(rank));
  return lower + (upper - lower) * (rank - Math.floor(rank));
}
