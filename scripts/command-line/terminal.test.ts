import { describe, expect, test } from 'vitest';
import { renderCount, renderDuration } from './terminal.ts';

describe('renderDuration', () => {
  test.each([
    [0, '0 s'],
    [59_499, '59 s'],
    [59_500, '1 min 00 s'],
    [725_000, '12 min 05 s'],
    [3_720_000, '1 h 02 min'],
  ])('of %i ms is %s', (durationMs, expected) => {
    expect(renderDuration(durationMs)).toBe(expected);
  });
});

test('renderCount has a plural', () => {
  expect([0, 1, 2].map((count) => renderCount(count, 'trial'))).toEqual(['0 trials', '1 trial', '2 trials']);
});
