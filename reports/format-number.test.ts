import { describe, expect, test } from 'vitest';
import { formatDecimal, formatMs, formatNoun, formatPercent, formatUsd, formatUsdPerMillion } from './format-number.ts';

describe('formatUsd', () => {
  test.each([
    [0, '0'],
    [0.000_000_559, '0.000000559'],
    [0.000_012_34, '0.0000123'],
    [0.0214, '0.0214'],
    [0.5, '0.50'],
    [1.234, '1.23'],
    [1234.567, '1,234.57'],
  ])('%f is %s', (value, text) => {
    expect(formatUsd(value)).toBe(text);
  });
});

describe('formatUsdPerMillion', () => {
  test.each([
    [undefined, '–'],
    [0.0004, '0.000'],
    [0.41, '0.410'],
    [1234.5, '1,234.500'],
  ])('%s is %s', (value, text) => {
    expect(formatUsdPerMillion(value)).toBe(text);
  });
});

test('formatMs rounds to whole milliseconds', () => {
  expect([formatMs(1234.5), formatMs(-0.4), formatMs(undefined)]).toEqual(['1,235', '0', '–']);
});

test('formatDecimal drops zeros at the end', () => {
  expect([formatDecimal(10, 1), formatDecimal(9.66, 1), formatDecimal(undefined, 1)]).toEqual(['10', '9.7', '–']);
});

test('formatPercent shows tenths below ten', () => {
  expect([formatPercent(0.973), formatPercent(0.0123), formatPercent(0)]).toEqual(['97 %', '1.2 %', '0 %']);
});

test('formatNoun takes the singular for one only', () => {
  expect([formatNoun(0, 'message'), formatNoun(1, 'message'), formatNoun(1000, 'message')]).toEqual([
    '0 messages',
    '1 message',
    '1,000 messages',
  ]);
});
