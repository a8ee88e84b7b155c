import { describe, expect, test } from 'vitest';
import { computeAsyncRequests, computeGbSeconds } from './lambda-billing.ts';

const KB = 1024;

describe('computeAsyncRequests', () => {
  test.each([
    [0, 1],
    [256 * KB, 1],
    [256 * KB + 1, 2],
    [320 * KB, 2],
    [320 * KB + 1, 3],
    [1024 * KB, 13],
  ])('%i bytes are %i requests', (payloadBytes, requests) => {
    expect(computeAsyncRequests(payloadBytes)).toBe(requests);
  });
});

describe('computeGbSeconds', () => {
  test('is seconds times gigabytes', () => {
    expect(computeGbSeconds({ invocations: 0, durationMs: 3000, initMs: 1000, memoryMbs: 512 })).toBe(2);
  });

  test('expects half a millisecond of rounding an invocation', () => {
    expect(computeGbSeconds({ invocations: 2000, durationMs: 0, initMs: 0, memoryMbs: 1024 })).toBe(1);
  });
});
