import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashRequestId, RequestCounts } from './request-counts.ts';

/** As Lambda names requests, and all alike but for one number. */
const renderId = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

describe('RequestCounts', () => {
  test('counts as a map by request id does', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(30).map(renderId), fc.string())), (requestIds) => {
        const counts = new RequestCounts();
        const expected = new Map<string, number>();
        for (const requestId of requestIds) {
          const before = expected.get(requestId) ?? 0;
          expected.set(requestId, before + 1);
          expect(counts.has(hashRequestId(requestId))).toBe(before > 0);
          expect(counts.add(hashRequestId(requestId)).messages).toBe(before + 1);
        }
        expect([...counts.values()].sort()).toEqual([...expected.values()].sort());
      }),
    );
  });

  test('tells of each flag once that it holds of a request', () => {
    const counts = new RequestCounts();
    const [a, b] = [hashRequestId('a'), hashRequestId('b')];

    expect(counts.add(a, 1)).toEqual({ messages: 1, newFlags: 1 });
    expect(counts.add(a, 3)).toEqual({ messages: 2, newFlags: 2 });
    expect(counts.add(a, 3)).toEqual({ messages: 3, newFlags: 0 });
    expect(counts.add(b, 3)).toEqual({ messages: 1, newFlags: 3 });
    for (let index = 0; index < 1000; index++) counts.add(hashRequestId(renderId(index)));
    expect(counts.add(a, 3)).toEqual({ messages: 4, newFlags: 0 });
  });

  test('tells two hundred thousand requests apart that differ in a few digits', () => {
    const counts = new RequestCounts();
    for (let index = 0; index < 200_000; index++) counts.add(hashRequestId(renderId(index)));

    const sizes = [...counts.values()];
    expect(sizes).toHaveLength(200_000);
    expect(sizes.every((messages) => messages === 1)).toBe(true);
  });
});
