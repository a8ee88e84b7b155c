import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cursor, computePage, type Page, parseToken, renderToken } from './page.ts';

test('the pages of a series, put together, are the series, and each says when a query is complete', () => {
  const allSeries = fc.array(fc.array(fc.integer(), { maxLength: 9 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(allSeries, fc.integer({ min: 1, max: 12 }), (series, pointsMax) => {
      const collected = series.map((): number[] => []);
      let cursor: Cursor | undefined = { asOfMs: 0, offset: 0 };
      while (cursor) {
        const page: Page<number> = computePage(series, cursor, pointsMax);
        const given = page.slices.reduce((sum, { points }) => sum + points.length, 0);
        expect(given).toBeLessThanOrEqual(pointsMax);
        for (const [index, { points, isComplete }] of page.slices.entries()) {
          collected[index]?.push(...points);
          expect(isComplete).toBe(collected[index]?.length === series[index]?.length);
        }
        cursor = page.next && parseToken(renderToken(page.next));
      }

      expect(collected).toEqual(series);
    }),
  );
});

test('a token that was never given is refused', () => {
  for (const token of ['', 'x', Buffer.from('[1,-1]').toString('base64')]) {
    expect(() => parseToken(token)).toThrow('The next token specified is invalid.');
  }
});
