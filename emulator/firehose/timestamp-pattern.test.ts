import { describe, expect, test } from 'vitest';
import { parseTimestampPattern } from './timestamp-pattern.ts';

const TIME_MS = Date.UTC(2018, 2, 7, 4, 5, 9);

describe('a timestamp pattern', () => {
  test.each([
    ['yyyy/MM/dd/HH', '2018/03/07/04'],
    ['yyyy-MM-dd-HH-mm-ss', '2018-03-07-04-05-09'],
    ['yyyyMMdd', '20180307'],
    ['M/d/H/m/s', '3/7/4/5/9'],
    ["'year='yyyy", 'year=2018'],
    ["yyyy'-'MM", '2018-03'],
    ["HH''mm", "04'05"],
    ["'o''clock'", "o'clock"],
    ['', ''],
  ])('%j is %s', (pattern, expected) => {
    expect(parseTimestampPattern(pattern)(TIME_MS)).toBe(expected);
  });

  test.each([
    ['EEE', 'EEE'],
    ['yyyy-MMM', 'MMM'],
    ['yy', 'yy'],
    ['HH:mm z', 'z'],
  ])('%j is refused by name', (pattern, token) => {
    expect(() => parseTimestampPattern(pattern)).toThrow(`timestamp pattern ${token} in ${pattern} is not modelled`);
  });

  test('with an open quote is refused', () => {
    expect(() => parseTimestampPattern("yyyy'at")).toThrow(
      expect.objectContaining({ code: 'InvalidArgumentException' }),
    );
  });
});
