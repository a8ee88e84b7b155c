import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEventPattern } from './event-pattern.ts';
import { matchesByReference } from './reference-matcher.fixture.ts';

// Few values, so that much of what is asked for is there.
const texts = fc.constantFrom(
  '',
  'a',
  'A',
  'ab',
  'aB',
  'bab',
  'abab',
  'ÄB',
  'äb',
  '10.0.0.1',
  '10.0.1.9',
  '::1',
  '2001:db8::7',
);
const someText = texts.filter((text) => text !== '');
const numbers = fc.constantFrom(-1, 0, 1, 1.5, 2, 1e9);
const leaf = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null));

const wildcard = fc
  .array(fc.constantFrom('*', 'a', 'b', 'A'), { minLength: 1, maxLength: 5 })
  .map((characters) => characters.join('').replaceAll(/\*+/g, '*'));
const oneOrMany = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));
const ignoringCase = fc.record({ 'equals-ignore-case': texts });

const rule = fc.oneof(
  { weight: 3, arbitrary: leaf },
  fc.record({ prefix: fc.oneof(texts, ignoringCase) }),
  fc.record({ suffix: fc.oneof(texts, ignoringCase) }),
  ignoringCase,
  fc.record({ wildcard }),
  fc.record({ exists: fc.boolean() }),
  fc.record({
    cidr: fc.constantFrom('10.0.0.0/24', '10.0.0.0/8', '10.0.0.1/32', '::/0', '2001:db8::/32', '0.0.0.0/0'),
  }),
  fc.record({
    numeric: fc.oneof(
      fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '='), numbers),
      fc.tuple(
        fc.constantFrom('>', '>='),
        fc.constantFrom(-1, 0, 1),
        fc.constantFrom('<', '<='),
        fc.constantFrom(1.5, 2),
      ),
    ),
  }),
  fc.record({
    'anything-but': fc.oneof(
      oneOrMany(texts),
      oneOrMany(numbers),
      fc.record({ prefix: oneOrMany(someText) }),
      fc.record({ suffix: oneOrMany(someText) }),
      fc.record({ 'equals-ignore-case': oneOrMany(someText) }),
      fc.record({ wildcard: oneOrMany(wildcard) }),
    ),
  }),
);
const rules = fc.array(rule, { minLength: 1, maxLength: 3 });

const leaves = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.array(fc.array(leaf, { maxLength: 2 }), { maxLength: 2 }),
);
const inner = fc.record({ x: leaves, y: leaves }, { requiredKeys: [] });
const event = fc.record(
  { a: fc.oneof(leaves, inner), b: leaves, c: fc.oneof(inner, fc.array(inner, { maxLength: 3 })), d: leaves },
  { requiredKeys: [] },
);

const innerPattern = fc.oneof(
  fc.record({ x: rules, y: rules }),
  fc.record({ x: rules }),
  fc.record({ y: rules, $or: fc.tuple(fc.record({ x: rules }), fc.record({ x: rules })) }),
);
// What an alternative asks for is not asked for beside it: whether both have to be in one item of an array is not said.
const pattern = fc.oneof(
  fc.record({ a: fc.oneof(rules, innerPattern) }),
  fc.record({ b: rules, c: innerPattern }),
  fc.record({ a: rules, $or: fc.tuple(fc.record({ b: rules }), fc.record({ c: innerPattern, d: rules })) }),
);

test('a pattern matches what brute force says that it matches', () => {
  let matched = 0;
  fc.assert(
    fc.property(pattern, event, (somePattern, someEvent) => {
      const expected = matchesByReference(somePattern, someEvent);
      if (expected) matched++;
      expect(parseEventPattern(JSON.stringify(somePattern))(someEvent)).toBe(expected);
    }),
    { seed: 1, numRuns: 10_000 },
  );
  // A test in which nothing matches would prove little.
  expect(matched).toBeGreaterThan(500);
});
