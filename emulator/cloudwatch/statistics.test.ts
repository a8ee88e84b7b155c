import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findStatistic, mergeStatistics, RUNS_MAX, Statistics } from './statistics.ts';

function collect(values: readonly number[]): Statistics {
  const statistics = new Statistics();
  for (const value of values) statistics.add(value);
  return statistics;
}

describe('a percentile', () => {
  test.each([
    [0, 1],
    [50, 2.5],
    [100, 4],
    [75, 3.25],
  ])('p%d of 1 to 4 is %d', (percent, value) => {
    expect(collect([3, 1, 4, 2]).computePercentile(percent)).toBe(value);
  });

  test('is the same however the values came together', () => {
    const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, values, fc.integer({ min: 0, max: 100 }), (a, b, percent) => {
        const merged = mergeStatistics([collect(a), collect(b)]);
        expect(merged.computePercentile(percent)).toBe(collect([...b, ...a]).computePercentile(percent));
      }),
    );
  });

  test('is not known of a set, unless its values are all the same', () => {
    const same = new Statistics();
    same.addSet({ sum: 6, sampleCount: 3, minimum: 2, maximum: 2 });
    const mixed = new Statistics();
    mixed.addSet({ sum: 6, sampleCount: 3, minimum: 1, maximum: 3 });

    expect([same.computePercentile(50), mixed.computePercentile(50)]).toEqual([2, undefined]);
  });

  test('is not known of more values than are kept', () => {
    const statistics = new Statistics();
    for (let value = 0; value < RUNS_MAX; value++) statistics.add(value);
    const before = statistics.computePercentile(100);
    statistics.add(RUNS_MAX);

    expect([before, statistics.computePercentile(100), statistics.maximum]).toEqual([
      RUNS_MAX - 1,
      undefined,
      RUNS_MAX,
    ]);
  });
});

test.each(['p50', 'p99.9', 'p100', 'Sum'])('%s is a statistic', (name) => {
  expect(findStatistic(name)).toBeDefined();
});

test.each(['p101', 'p', 'tm90', 'IQM', 'sum', 'toString'])('%s is none that is modelled', (name) => {
  expect(findStatistic(name)).toBeUndefined();
});
