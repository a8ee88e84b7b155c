import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createBatchSizeAxis,
  createLogAxis,
  createScale,
  formatMsTick,
  formatShort,
  formatUsdTick,
  pickLabels,
} from './axis.ts';

const LABELS = { label: 'USD', formatTick: formatUsdTick };

describe('createLogAxis', () => {
  test.each([
    { values: [0.066, 15.6], domain: [0.05, 20], ticks: [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20] },
    { values: [1, 100_000], domain: [1, 100_000], ticks: [1, 10, 100, 1000, 10_000, 100_000] },
    { values: [6.5, 8.3], domain: [2, 20], ticks: [2, 5, 10, 20] },
    { values: [3], domain: [1, 10], ticks: [1, 2, 5, 10] },
  ])('ends at 1, 2 or 5 times a power of ten around $values', ({ values, domain, ticks }) => {
    const axis = createLogAxis(values, LABELS);

    expect(axis.domain).toEqual(domain);
    expect(axis.ticks).toEqual(ticks);
  });

  test('holds all values, and has two ticks at least', () => {
    const value = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const { domain, ticks } = createLogAxis(values, LABELS);
        expect(domain[0]).toBeLessThanOrEqual(Math.min(...values) * 1.001);
        expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...values) * 0.999);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});

describe('createBatchSizeAxis', () => {
  test('has every batch size as a tick, once, ascending, and room beside the first and the last', () => {
    const { ticks, domain } = createBatchSizeAxis([100, 1, 10, 1, 100]);

    expect(ticks).toEqual([1, 10, 100]);
    expect(domain[0]).toBeLessThan(1);
    expect(domain[1]).toBeGreaterThan(100);
  });
});

describe('pickLabels', () => {
  test('labels every tick where there is room', () => {
    const axis = createBatchSizeAxis([1, 10, 100]);

    expect([...pickLabels(axis, 600, 30)].sort((a, b) => a - b)).toEqual([1, 10, 100]);
  });

  test('keeps the first, the last and powers of ten where there is not', () => {
    const axis = createBatchSizeAxis([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000]);

    expect([...pickLabels(axis, 240, 40)].sort((a, b) => a - b)).toEqual([1, 10, 100, 1000, 10_000]);
  });

  test('never puts two labels nearer than they are wide', () => {
    const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, (batchSizes) => {
        const axis = createBatchSizeAxis(batchSizes);
        const scale = createScale(axis, [0, 300]);
        const places = [...pickLabels(axis, 300, 40)].map(scale).sort((a, b) => a - b);
        const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
        expect(Math.min(Infinity, ...gaps)).toBeGreaterThanOrEqual(40);
      }),
    );
  });
});

test.each([
  [formatShort(1), '1'],
  [formatShort(999), '999'],
  [formatShort(1000), '1k'],
  [formatShort(1500), '1.5k'],
  [formatShort(1_000_000), '1M'],
  [formatUsdTick(0.05), '$0.05'],
  [formatUsdTick(20), '$20'],
  [formatUsdTick(1000), '$1k'],
  [formatMsTick(999), '999 ms'],
  [formatMsTick(1000), '1 s'],
  [formatMsTick(100_000), '100 s'],
])('a tick reads %s', (formatted, expected) => {
  expect(formatted).toBe(expected);
});
