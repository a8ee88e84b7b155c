// One item of a field's list in an event pattern: a value, or an object that names a comparison.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html

import { BlockList, isIP } from 'node:net';
import { AwsError } from '../kernel/errors.ts';
import { parseWildcard } from './wildcard.ts';

/** Whether the values that an event has at a path will do; none when the path is not there. */
export type LeafMatcher = (values: readonly unknown[]) => boolean;

type ValueMatcher = (value: unknown) => boolean;

/** "Numeric values are limited to between -5.0e9 and +5.0e9 inclusive." */
const NUMBER_MAX = 5e9;

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '=': (value, bound) => value === bound,
};

/** Match types that take a text. */
const TEXT_MATCHERS: Readonly<Record<string, (operand: string) => (text: string) => boolean>> = {
  prefix: (operand) => (text) => text.startsWith(operand),
  suffix: (operand) => (text) => text.endsWith(operand),
  'equals-ignore-case': (operand) => (text) => text.toLowerCase() === operand.toLowerCase(),
  wildcard: (operand) => {
    const expression = parseWildcard(operand, invalidPattern);
    return (text) => expression.test(text);
  },
};

/** @throws {AwsError} `InvalidEventPatternException`. */
export function parseMatchRule(rule: unknown): LeafMatcher {
  if (Array.isArray(rule)) throw invalidPattern('Match value must be String, number, true, false, or null');
  if (!isObject(rule)) return some((value) => value === rule);
  const [operator, operand] = parseSingleEntry(rule);
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') throw invalidPattern('exists match pattern must be either true or false.');
      return (values) => values.length > 0 === operand;
    case 'anything-but': {
      const isExcluded = parseExclusion(operand);
      return some((value) => !isExcluded(value));
    }
    case 'numeric':
      return some(parseNumeric(operand));
    case 'cidr':
      return some(parseCidr(operand));
    default:
      return some(parseText(operator, operand));
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** AWS adds where in the text of the pattern the reason lies; that is left out here. */
export function invalidPattern(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}

function parseSingleEntry(rule: Readonly<Record<string, unknown>>): [string, unknown] {
  const [entry, ...others] = Object.entries(rule);
  if (!entry || others.length > 0) throw invalidPattern('Only one key allowed in match expression');
  return entry;
}

/** What `anything-but` rules out: a value, one of several, or texts of a kind. */
function parseExclusion(operand: unknown): ValueMatcher {
  if (isObject(operand)) return parseExcludedTexts(...parseSingleEntry(operand));
  const excluded = Array.isArray(operand) ? operand : [operand];
  if (excluded.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const types = new Set(excluded.map((value) => typeof value));
  if ([...types].some((type) => type !== 'string' && type !== 'number')) {
    throw invalidPattern(
      Array.isArray(operand)
        ? 'Inside anything-but list, start|null|boolean is not supported.'
        : 'Value of anything-but must be an array or single string/number value.',
    );
  }
  if (types.size > 1) {
    throw invalidPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return (value) => excluded.includes(value);
}

/** Unlike elsewhere, the operand may be a list, and prefixes and suffixes may neither be empty nor ignore case. */
function parseExcludedTexts(operator: string, operand: unknown): ValueMatcher {
  if (!Object.hasOwn(TEXT_MATCHERS, operator)) throw invalidPattern(`Unsupported anything-but pattern: ${operator}`);
  if (isObject(operand)) {
    throw invalidPattern('Value of anything-but must be an array or single string/number value.');
  }
  const texts: unknown[] = Array.isArray(operand) ? operand : [operand];
  if (texts.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const rules = texts.map((text) => {
    if (typeof text !== 'string') throw invalidPattern(explainExcludedType(operator));
    if (text === '' && operator !== 'wildcard') throw invalidPattern('Null prefix/suffix not allowed');
    return parseText(operator, text);
  });
  return (value) => rules.some((matches) => matches(value));
}

function explainExcludedType(operator: string): string {
  if (operator === 'wildcard') return 'wildcard match pattern must be a string';
  return operator === 'equals-ignore-case'
    ? 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.'
    : 'prefix/suffix match pattern must be a string';
}

function parseText(operator: string, operand: unknown): ValueMatcher {
  const createMatcher = Object.hasOwn(TEXT_MATCHERS, operator) ? TEXT_MATCHERS[operator] : undefined;
  if (!createMatcher) throw invalidPattern(`Unrecognized match type ${operator}`);
  if (isObject(operand) && (operator === 'prefix' || operator === 'suffix')) {
    const [inner, text] = parseSingleEntry(operand);
    if (inner !== 'equals-ignore-case') throw invalidPattern(`Unsupported ${operator} pattern: ${inner}`);
    if (typeof text !== 'string') throw invalidPattern('equals-ignore-case match pattern must be a string');
    const matches = createMatcher(text.toLowerCase());
    return (value) => typeof value === 'string' && matches(value.toLowerCase());
  }
  if (typeof operand !== 'string') throw invalidPattern(`${operator} match pattern must be a string`);
  const matches = createMatcher(operand);
  return (value) => typeof value === 'string' && matches(value);
}

/** One comparison, or a lower bound and an upper one. */
function parseNumeric(operand: unknown): ValueMatcher {
  if (!Array.isArray(operand)) throw invalidPattern('Value of numeric must be an array.');
  const [lower, low, upper, high, ...others]: unknown[] = operand;
  const tests = [parseComparison(lower, low, 'Unrecognized numeric range operator')];
  if (operand.length > 2) {
    if (!String(lower).startsWith('>')) throw invalidPattern('Too many elements in numeric expression');
    if (!String(upper).startsWith('<')) throw invalidPattern(`Bad numeric range operator: ${upper}`);
    tests.push(parseComparison(upper, high, 'Bad numeric range operator'));
    if (others.length > 0) throw invalidPattern('Too many terms in numeric range expression');
    if (Number(low) >= Number(high)) throw invalidPattern('Bottom must be less than top');
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function parseComparison(operator: unknown, bound: unknown, refusal: string): (value: number) => boolean {
  if (typeof operator !== 'string') throw invalidPattern(`Invalid member in numeric match: ${operator}`);
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (!compare) throw invalidPattern(`${refusal}: ${operator}`);
  if (typeof bound !== 'number') {
    throw invalidPattern(`Value of ${operator === '=' ? 'equals' : operator.charAt(0)} must be numeric`);
  }
  if (Math.abs(bound) > NUMBER_MAX) throw invalidPattern('Value must be between -5.0E9 and 5.0E9, inclusive');
  return (value) => compare(value, bound);
}

function parseCidr(operand: unknown): ValueMatcher {
  // The wording is AWS's.
  if (typeof operand !== 'string') throw invalidPattern('prefix match pattern must be a string');
  const [address = '', bits, ...rest] = operand.split('/');
  if (bits === undefined || rest.length > 0) throw invalidPattern("Malformed CIDR, one '/' required");
  const family = isIP(address);
  if (family === 0) throw invalidPattern(`Nonstandard IP address: ${address}`);
  if (!/^\d+$/.test(bits)) throw invalidPattern('Malformed CIDR, mask bits must be an integer');
  const bitsMax = family === 4 ? 32 : 128;
  if (Number(bits) > bitsMax) throw invalidPattern(`IPv${family} mask bits must be at most ${bitsMax}`);
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(address, Number(bits), kind);
  return (value) => typeof value === 'string' && isIP(value) === family && block.check(value, kind);
}

function some(matches: ValueMatcher): LeafMatcher {
  return (values) => values.some(matches);
}
