import { describe, expect, test } from 'vitest';
import { parseEventPattern } from './event-pattern.ts';

const EVENT = {
  source: 'orders',
  'detail-type': 'Order placed',
  detail: { total: 42, state: 'NEW', tags: ['big', 'gift'], customer: { country: 'NZ' }, note: null },
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
    ['either of two', { $or: [{ source: ['invoices'] }, { detail: { total: [42] } }] }, true],
  ])('matches %s', (_what, pattern, expected) => {
    expect(parseEventPattern(pattern)(EVENT)).toBe(expected);
  });

  test.each([
    ['nothing', {}],
    ['a value without an array', { source: 'orders' }],
    ['an empty array', { source: [] }],
    ['an operator that does not exist', { source: [{ sounds: 'like' }] }],
    ['a comparison without a number', { detail: { total: [{ numeric: ['<'] }] } }],
  ])('is refused when it holds %s', (_what, pattern) => {
    expect(() => parseEventPattern(pattern)).toThrow('Event pattern is not valid');
  });
});
