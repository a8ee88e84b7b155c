import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeArrivalInstant } from './arrival-instant.ts';

const SECOND_MS = 1_800_000_000_000;

describe('computeArrivalInstant', () => {
  test.each([
    ['long before LastModified', -5_000, 500, 'second'],
    ['one ms before LastModified', -1, 500, 'second'],
    ['at LastModified', 0, 500, 'second'],
    ['one ms after LastModified', 1, 500.5, 'bounded-second'],
    ['late in that second', 900, 950, 'bounded-second'],
    ['in its last ms', 999, 999.5, 'bounded-second'],
    ['at the end of that second', 1_000, 1_000, 'receipt'],
    ['long after it', 60_000, 60_000, 'receipt'],
  ])('a message received %s', (_when, receivedAfterMs, arrivedAfterMs, basis) => {
    expect(computeArrivalInstant(SECOND_MS, SECOND_MS + receivedAfterMs)).toEqual({
      arrivedAtMs: SECOND_MS + arrivedAfterMs,
      basis,
    });
  });

  test('is within half a second of the true arrival when LastModified is the arrival, cut to its second', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(100_000), (receivedAtMs, delayMs) => {
        const trueArrivalMs = receivedAtMs + delayMs;
        const { arrivedAtMs, basis } = computeArrivalInstant(Math.floor(trueArrivalMs / 1000) * 1000, receivedAtMs);

        expect(Math.abs(arrivedAtMs - trueArrivalMs)).toBeLessThanOrEqual(500);
        expect(arrivedAtMs).toBeGreaterThanOrEqual(receivedAtMs);
        expect(basis).not.toBe('receipt');
      }),
    );
  });
});
