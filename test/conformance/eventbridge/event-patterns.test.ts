// Rule: an event matches a pattern whose every field names one of its values, by the match types of the page; a pattern that
//   is not valid is refused with the reason.
// Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html

import { describe, expect, test } from 'vitest';
import { parseEventPattern } from '../../../emulator/eventbridge/event-pattern.ts';

const EVENT = {
  source: 'orders',
  'detail-type': 'Order placed',
  detail: {
    total: 42,
    state: 'NEW',
    tags: ['big', 'gift'],
    customer: { country: 'NZ', address: '10.0.0.17' },
    note: null,
    path: 'a*b',
    lines: [
      { sku: 'x', count: 1 },
      { sku: 'y', count: 2 },
    ],
  },
};

describe('an event pattern', () => {
  test.each([
    ['an exact value', { source: ['orders'] }, true],
    ['another value', { source: ['invoices'] }, false],
    ['one of several values', { source: ['invoices', 'orders'] }, true],
    ['all of its fields', { source: ['orders'], detail: { state: ['OLD'] } }, false],
    ['a nested field', { detail: { customer: { country: ['NZ'] } } }, true],
    ['an item of an array', { detail: { tags: ['gift'] } }, true],
    ['null', { detail: { note: [null] } }, true],
    ['a prefix', { detail: { state: [{ prefix: 'NE' }] } }, true],
    ['a prefix in any case', { detail: { state: [{ prefix: { 'equals-ignore-case': 'ne' } }] } }, true],
    ['a suffix', { 'detail-type': [{ suffix: 'placed' }] }, true],
    ['any case', { source: [{ 'equals-ignore-case': 'ORDERS' }] }, true],
    ['a wildcard', { 'detail-type': [{ wildcard: 'Order*ed' }] }, true],
    ['a wildcard with a dot in it', { source: [{ wildcard: 'o.*' }] }, false],
    ['anything but a value', { detail: { state: [{ 'anything-but': ['OLD', 'NEW'] }] } }, false],
    ['anything but a prefix', { detail: { state: [{ 'anything-but': { prefix: 'OLD' } }] } }, true],
    ['a number in a range', { detail: { total: [{ numeric: ['>', 0, '<=', 42] }] } }, true],
    ['a number below a bound', { detail: { total: [{ numeric: ['<', 42] }] } }, false],
    ['a field that is there', { detail: { total: [{ exists: true }] } }, true],
    ['a field that is not there', { detail: { weight: [{ exists: false }] } }, true],
    ['a missing field as absent only', { detail: { weight: [5] } }, false],
    ['a field below one that is not there', { detail: { box: { weight: [{ exists: false }] } } }, true],
    ['a field with fields below it as no value', { detail: { customer: [{ exists: true }] } }, false],
    ['a number by its value, not its text', { detail: { total: ['42'] } }, false],
    ['anything but a number', { detail: { total: [{ 'anything-but': 41 }] } }, true],
    ['anything but several prefixes', { detail: { state: [{ 'anything-but': { prefix: ['OLD', 'NE'] } }] } }, false],
    ['anything but any case', { source: [{ 'anything-but': { 'equals-ignore-case': 'ORDERS' } }] }, false],
    ['anything but a wildcard', { source: [{ 'anything-but': { wildcard: 'o*s' } }] }, false],
    ['anything but, of a field that is not there', { detail: { weight: [{ 'anything-but': 5 }] } }, false],
    ['an escaped wildcard as itself', { detail: { path: [{ wildcard: 'a\\*b' }] } }, true],
    ['an escaped wildcard as nothing else', { source: [{ wildcard: 'o\\*s' }] }, false],
    ['a suffix in any case', { 'detail-type': [{ suffix: { 'equals-ignore-case': 'PLACED' } }] }, true],
    ['an equal number', { detail: { total: [{ numeric: ['=', 42] }] } }, true],
    ['an address in a block', { detail: { customer: { address: [{ cidr: '10.0.0.0/24' }] } } }, true],
    ['an address out of a block', { detail: { customer: { address: [{ cidr: '10.0.1.0/24' }] } } }, false],
    ['fields of one object in an array', { detail: { lines: { sku: ['x'], count: [1] } } }, true],
    ['fields of two objects in an array as apart', { detail: { lines: { sku: ['x'], count: [2] } } }, false],
    ['either of two below a field', { detail: { $or: [{ total: [1] }, { state: ['NEW'] }] } }, true],
    ['both a field and one of two', { source: ['x'], $or: [{ source: ['orders'] }, { source: ['x'] }] }, false],
    ['a field below two names joined by a dot', { 'detail.customer': { country: ['NZ'] } }, true],
    ['two names joined by a dot', { detail: { 'customer.country': ['NZ'] } }, true],
    ['a suffix in any case', { 'detail-type': [{ suffix: { 'equals-ignore-case': 'PLACED' } }] }, true],
    ['anything but a suffix', { 'detail-type': [{ 'anything-but': { suffix: 'placed' } }] }, false],
    [
      'anything but several in any case',
      { source: [{ 'anything-but': { 'equals-ignore-case': ['X', 'Orders'] } }] },
      false,
    ],
    ['anything but several wildcards', { source: [{ 'anything-but': { wildcard: ['x*', '*s'] } }] }, false],
    ['anything but a text, of a field that is null', { detail: { note: [{ 'anything-but': 'a' }] } }, true],
    ['an exact number', { detail: { total: [{ numeric: ['=', 42] }] } }, true],
    ['a number with a fraction of nothing', { detail: { total: [42.0] } }, true],
    ['either of two', { $or: [{ source: ['invoices'] }, { detail: { total: [42] } }] }, true],
  ])('matches %s', (_what, pattern, expected) => {
    expect(parseEventPattern(JSON.stringify(pattern))(EVENT)).toBe(expected);
  });

  // Reasons as AWS gives them, without the position that it adds.
  test.each<[string, unknown, string]>([
    ['no object', ['a'], 'Filter is not an object'],
    ['nothing', {}, 'Empty objects are not allowed'],
    ['an empty object', { detail: {} }, 'Empty objects are not allowed'],
    ['a value without an array', { int: 42 }, '"int" must be an object or an array'],
    ['an empty array', { resources: [] }, 'Empty arrays are not allowed'],
    ['an operator that does not exist', { my_key: [{ EXISTS: true }] }, 'Unrecognized match type EXISTS'],
    ['two operators in one', { source: [{ prefix: 'a', suffix: 'b' }] }, 'Only one key allowed in match expression'],
    ['an array in an array', { source: [['a']] }, 'Match value must be String, number, true, false, or null'],
    ['exists with a text', { source: [{ exists: 'true' }] }, 'exists match pattern must be either true or false.'],
    ['a number as a prefix', { time: [{ prefix: 123 }] }, 'prefix match pattern must be a string'],
    ['a list of prefixes', { time: [{ prefix: ['2022'] }] }, 'prefix match pattern must be a string'],
    ['a number as a suffix', { file: [{ suffix: 123 }] }, 'suffix match pattern must be a string'],
    [
      'a list in any case',
      { 'detail-type': [{ 'equals-ignore-case': ['a'] }] },
      'equals-ignore-case match pattern must be a string',
    ],
    ['a number as a wildcard', { arn: [{ wildcard: 123 }] }, 'wildcard match pattern must be a string'],
    ['two wildcards in a row', { arn: [{ wildcard: 'a**' }] }, 'Consecutive wildcard characters at pos 1'],
    ['an escape of something else', { arn: [{ wildcard: 'a\\b' }] }, 'Invalid escape character at pos 1'],
    ['a comparison without a number', { n: [{ numeric: ['>', 0, '<'] }] }, 'Value of < must be numeric'],
    ['a range with two lower bounds', { n: [{ numeric: ['>', 0, '>', 0] }] }, 'Bad numeric range operator: >'],
    ['a comparison that does not exist', { n: [{ numeric: ['!=', 1] }] }, 'Unrecognized numeric range operator: !='],
    ['a range upside down', { n: [{ numeric: ['>', 5, '<', 1] }] }, 'Bottom must be less than top'],
    [
      'a number that is too large',
      { n: [{ numeric: ['<', 5_000_000_001] }] },
      'Value must be between -5.0E9 and 5.0E9, inclusive',
    ],
    ['a block without its size', { ip: [{ cidr: '10.0.0.0' }] }, "Malformed CIDR, one '/' required"],
    ['a block of no number', { ip: [{ cidr: '10.0.0.0/xx' }] }, 'Malformed CIDR, mask bits must be an integer'],
    ['a block of no address', { ip: [{ cidr: 'xx.11.xx/8' }] }, 'Nonstandard IP address: xx.11.xx'],
    ['a block of no text', { ip: [{ cidr: ['10.0.0.0/8'] }] }, 'prefix match pattern must be a string'],
    [
      'anything-but of two types',
      { n: [{ 'anything-but': ['a', 1] }] },
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [
      'anything-but of null',
      { n: [{ 'anything-but': [null] }] },
      'Inside anything-but list, start|null|boolean is not supported.',
    ],
    [
      'anything-but of a prefix in any case',
      { n: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'file' } } }] },
      'Value of anything-but must be an array or single string/number value.',
    ],
    [
      'anything-but of numbers in any case',
      { n: [{ 'anything-but': { 'equals-ignore-case': [123] } }] },
      'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    ],
    [
      'anything-but of prefixes that are numbers',
      { n: [{ 'anything-but': { prefix: 123 } }] },
      'prefix/suffix match pattern must be a string',
    ],
    ['anything-but of an empty suffix', { n: [{ 'anything-but': { suffix: '' } }] }, 'Null prefix/suffix not allowed'],
    [
      'anything-but of an operator it does not take',
      { n: [{ 'anything-but': { numeric: ['<', 1] } }] },
      'Unsupported anything-but pattern: numeric',
    ],
    ['one alternative only', { $or: [{ source: ['a'] }] }, '"$or" must be an array of at least two patterns'],
  ])('is refused when it holds %s', (_what, pattern, reason) => {
    expect(() => parseEventPattern(JSON.stringify(pattern))).toThrow(
      expect.objectContaining({
        code: 'InvalidEventPatternException',
        message: `Event pattern is not valid. Reason: ${reason}`,
      }),
    );
  });

  test('is refused when it is no JSON', () => {
    expect(() => parseEventPattern('{')).toThrow('Event pattern is not valid. Reason: ');
  });

  test('matches names that an event joins with a dot', () => {
    const matches = parseEventPattern('{"detail":{"state":{"status":["running"]}}}');

    expect(matches({ detail: { 'state.status': 'running' } })).toBe(true);
    expect(matches({ detail: { 'state.status': { status: 'running' } } })).toBe(false);
  });
});
