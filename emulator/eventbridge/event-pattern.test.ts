import { describe, expect, test } from 'vitest';
import { parseEventPattern } from './event-pattern.ts';

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
    ['either of two', { $or: [{ source: ['invoices'] }, { detail: { total: [42] } }] }, true],
  ])('matches %s', (_what, pattern, expected) => {
    expect(parseEventPattern(JSON.stringify(pattern))(EVENT)).toBe(expected);
  });

  test.each([
    ['nothing', {}],
    ['a value without an array', { source: 'orders' }],
    ['an empty array', { source: [] }],
    ['an operator that does not exist', { source: [{ sounds: 'like' }] }],
    ['a comparison without a number', { detail: { total: [{ numeric: ['<'] }] } }],
    ['a comparison that does not exist', { detail: { total: [{ numeric: ['!=', 1] }] } }],
    ['a range upside down', { detail: { total: [{ numeric: ['>', 5, '<', 1] }] } }],
    ['two operators in one', { source: [{ prefix: 'a', suffix: 'b' }] }],
    ['an array in an array', { source: [['a']] }],
    ['an empty object', { detail: {} }],
    ['exists with a text', { detail: { total: [{ exists: 'true' }] } }],
    ['anything-but of two types', { detail: { total: [{ 'anything-but': ['a', 1] }] } }],
    ['anything-but of an operator it does not take', { source: [{ 'anything-but': { numeric: ['<', 1] } }] }],
    ['two wildcards in a row', { source: [{ wildcard: 'a**' }] }],
    ['an escape of something else', { source: [{ wildcard: 'a\\b' }] }],
    ['a block without its size', { source: [{ cidr: '10.0.0.0' }] }],
    ['one alternative only', { $or: [{ source: ['a'] }] }],
  ])('is refused when it holds %s', (_what, pattern) => {
    expect(() => parseEventPattern(JSON.stringify(pattern))).toThrow(
      expect.objectContaining({
        code: 'InvalidEventPatternException',
        message: expect.stringContaining('Event pattern is not valid. Reason: '),
      }),
    );
  });
});
