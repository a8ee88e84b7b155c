import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeLatencySummary, computeQuantile, computeSamplesNeeded, SortedSamples } from './statistics.ts';

const samplesUpTo = (count: number) => new SortedSamples(Array.from({ length: count }, (_, index) => index + 1));

describe('computeQuantile', () => {
  test('agrees with the definition written out', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const probability = fc.constantFrom(0.1, 0.25, 0.5, 0.75, 0.9, 0.99);
    fc.assert(
      fc.property(fc.array(value, { minLength: 100, maxLength: 300 }), probability, (values, p) => {
        expect(computeQuantile(new SortedSamples(values), p)).toBeCloseTo(computeQuantileSlowly(values, p), 6);
      }),
    );
  });

  test('lies between the smallest and the largest sample, and grows with its probability', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 100, maxLength: 200 }), (values) => {
        const samples = new SortedSamples(values);
        const quantiles = [0, 0.5, 0.9, 0.99].map((p) => computeQuantile(samples, p) ?? Number.NaN);

        expect(quantiles[0]).toBe(Math.min(...values));
        expect(quantiles.toSorted((a, b) => a - b)).toEqual(quantiles);
        expect(quantiles[3]).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  test('sorts by value, not by digits', () => {
    expect(new SortedSamples([10, 9, 100, -1]).values).toEqual([-1, 9, 10, 100]);
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
    [0, ['count']],
    [1, ['count', 'minMs', 'maxMs']],
    [2, ['count', 'minMs', 'p50Ms', 'maxMs']],
    [9, ['count', 'minMs', 'p50Ms', 'maxMs']],
    [10, ['count', 'minMs', 'p50Ms', 'p90Ms', 'maxMs']],
    [99, ['count', 'minMs', 'p50Ms', 'p90Ms', 'maxMs']],
    [100, ['count', 'minMs', 'p50Ms', 'p90Ms', 'p99Ms', 'maxMs']],
  ])('%i samples support %j', (count, keys) => {
    expect(Object.keys(computeLatencySummary(samplesUpTo(count)))).toEqual(keys);
  });

  test('rounds to a tenth of a millisecond', () => {
    expect(computeLatencySummary(samplesUpTo(100))).toEqual({
      count: 100,
      minMs: 1,
      p50Ms: 50.5,
      p90Ms: 90.1,
      p99Ms: 99,
      maxMs: 100,
    });
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
