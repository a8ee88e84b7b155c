import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxAround, estimateTextPx, placeLabels, spreadLabels, wrapText } from './text-layout.ts';

describe('spreadLabels', () => {
  test('leaves labels alone that are far enough apart', () => {
    expect(spreadLabels([10, 100, 50], 15, [0, 200])).toEqual([10, 100, 50]);
  });

  test('moves labels that touch as little as can be, around their middle', () => {
    expect(spreadLabels([100, 100], 16, [0, 200])).toEqual([92, 108]);
  });

  test('spreads what does not fit over the whole range', () => {
    expect(spreadLabels([5, 5, 5], 15, [0, 20])).toEqual([0, 10, 20]);
  });

  test('keeps order, distance and range', () => {
    const places = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(places, (wantedPx) => {
        const spread = spreadLabels(wantedPx, 15, [0, 300]);
        const order = wantedPx.map((_, index) => index).sort((a, b) => (wantedPx[a] ?? 0) - (wantedPx[b] ?? 0));
        const sorted = order.map((index) => spread[index] ?? Number.NaN);
        const gaps = sorted.slice(1).map((place, index) => place - (sorted[index] ?? 0));
        expect(Math.min(Infinity, ...gaps)).toBeGreaterThanOrEqual(15 - 1e-6);
        expect(Math.min(...spread)).toBeGreaterThanOrEqual(-1e-6);
        expect(Math.max(...spread)).toBeLessThanOrEqual(300 + 1e-6);
      }),
    );
  });
});

describe('placeLabels', () => {
  const bounds = { leftPx: 0, topPx: 0, rightPx: 400, bottomPx: 400 };

  test('leaves a label out rather than lay it over another', () => {
    const wishes = Array.from({ length: 40 }, () => ({ text: '10,000', fontPx: 12, xPx: 200, yPx: 200 }));

    const placed = placeLabels(wishes, { gapPx: 7, bounds, obstacles: [boxAround({ xPx: 200, yPx: 200 }, 5)] });

    const shown = placed.filter((label) => label !== undefined);
    expect(shown.length).toBeGreaterThanOrEqual(4);
    expect(shown.length).toBeLessThan(40);
    for (const [index, a] of shown.entries()) {
      for (const b of shown.slice(index + 1)) {
        const apart =
          Math.abs(a.xPx - b.xPx) >= estimateTextPx('10,000', 12) - 1e-6 || Math.abs(a.yPx - b.yPx) >= 12 - 1e-6;
        expect(apart).toBe(true);
      }
    }
  });

  test('shows a label that must show, wherever it overlaps least', () => {
    const everything = [{ leftPx: 0, topPx: 0, rightPx: 400, bottomPx: 400 }];
    const wish = { text: 'SQS', fontPx: 12, xPx: 200, yPx: 200 };

    const [hidden] = placeLabels([wish], { gapPx: 7, bounds, obstacles: everything });
    const [shown] = placeLabels([{ ...wish, mustShow: true }], { gapPx: 7, bounds, obstacles: everything });

    expect(hidden).toBeUndefined();
    expect(shown).toBeDefined();
  });
});

describe('wrapText', () => {
  test('breaks between words, loses none, and keeps lines within the width', () => {
    const text = 'Numbers are batch sizes. Filled marks are on the front: no other setting is both cheaper and faster.';

    const lines = wrapText(text, 200, 12);

    expect(lines.join(' ')).toBe(text);
    expect(Math.max(...lines.map((line) => estimateTextPx(line, 12)))).toBeLessThanOrEqual(200);
  });
});
