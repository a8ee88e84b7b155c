import { describe, expect, test } from 'vitest';
import { METRIC_NAMES } from './metrics.ts';
import { InvalidRuleError, parseRules } from './parse-rules.ts';

describe('parseRules', () => {
  test.each([
    ['p99ArrivalMs>10%', { metric: 'p99ArrivalMs', comparator: '>', margin: 0.1, marginOf: 'share' }],
    ['p99ArrivalMs >= 2.5 %', { metric: 'p99ArrivalMs', comparator: '>=', margin: 0.025, marginOf: 'share' }],
    ['p99_9DeliveryMs>250', { metric: 'p99_9DeliveryMs', comparator: '>', margin: 250, marginOf: 'unit' }],
    ['lostMessages>0', { metric: 'lostMessages', comparator: '>', margin: 0, marginOf: 'unit' }],
    ['costPerMillionUsd>0.05', { metric: 'costPerMillionUsd', comparator: '>', margin: 0.05, marginOf: 'unit' }],
  ])('reads %s', (text, expected) => {
    expect(parseRules([text])).toEqual([{ text, ...expected }]);
  });

  test.each(METRIC_NAMES)('knows %s', (metric) => {
    expect(parseRules([`${metric}>1%`])).toMatchObject([{ metric }]);
  });

  test('names the nearest metric and all of them where one is unknown', () => {
    const act = () => parseRules(['p99ArivalMs>10%']);

    expect(act).toThrow(InvalidRuleError);
    expect(act).toThrow(
      `--fail-on "p99ArivalMs>10%": unknown metric p99ArivalMs; the nearest is p99ArrivalMs, known are ${METRIC_NAMES.join(', ')}`,
    );
  });

  test.each(['p99ArrivalMs>-1', 'p99ArrivalMs>', 'p99ArrivalMs>10%%', 'p99ArrivalMs>ten', 'p99ArrivalMs<10%', '>10%'])(
    'refuses %s, and says what a rule looks like',
    (text) => {
      expect(() => parseRules([text])).toThrow(
        `--fail-on ${JSON.stringify(text)}: it must be <metric> > <margin> or <metric> >= <margin>`,
      );
    },
  );

  test('guesses that the shell took what is missing', () => {
    expect(() => parseRules(['p99ArrivalMs'])).toThrow('put it in quotes, or the shell takes > for a redirection');
  });

  test('lists the problems of all rules at once', () => {
    expect(() => parseRules(['p50>1', 'lostMessages>0', 'x'])).toThrow(/"p50>1".*\n.*"x"/);
  });
});
