// One item of a field's list in an event pattern: a value, or an object that names a comparison.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html

import { BlockList, isIP } from 'node:net';
import { AwsError } from '../kernel/errors.ts';
import { parseWildcard } from './wildcard.ts';

/** Whether the values that an event has at a path will do; none when the path is not there. */
export type LeafMatcher = (values: readonly unknown[]) => boolean;

type ValueMatcher = (value: unknown) => boolean;

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '=': (value, bound) => value === bound,
};

/** Match types that take a text. */
const TEXT_MATCHERS: Readonly<Record<string, (operand: string, path: string) => (text: string) => boolean>> = {
  prefix: (operand) => (text) => text.startsWith(operand),
  suffix: (operand) => (text) => text.endsWith(operand),
  'equals-ignore-case': (operand) => (text) => text.toLowerCase() === operand.toLowerCase(),
  wildcard: (operand, path) => {
    const expression = parseWildcard(operand, (reason) => invalidPattern(`${reason}: "${path}"`));
    return (text) => expression.test(text);
  },
};

/** @throws {AwsError} `InvalidEventPatternException`. */
export function parseMatchRule(rule: unknown, path: string): LeafMatcher {
  if (Array.isArray(rule)) throw invalidPattern(`Match value must be String, number, true, false, or null: "${path}"`);
  if (!isObject(rule)) return some((value) => value === rule);
  const [operator, operand] = parseSingleEntry(rule, path);
  switch (operator) {
    case 'exists':
      if (typeof operand !== 'boolean') throw invalidPattern(`exists match pattern must be true or false: "${path}"`);
      return (values) => values.length > 0 === operand;
    case 'anything-but': {
      const isExcluded = parseExclusion(operand, path);
      return some((value) => !isExcluded(value));
    }
    case 'numeric':
      return some(parseNumeric(operand, path));
    case 'cidr':
      return some(parseCidr(operand, path));
    default:
      return some(parseText(operator, operand, path));
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function invalidPattern(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}

function parseSingleEntry(rule: Readonly<Record<string, unknown>>, path: string): [string, unknown] {
  const [entry, ...others] = Object.entries(rule);
  if (!entry || others.length > 0) throw invalidPattern(`Only one key allowed in match expression: "${path}"`);
  return entry;
}

/** What `anything-but` rules out: a value, one of several, or texts of a kind. */
function parseExclusion(operand: unknown, path: string): ValueMatcher {
  if (isObject(operand)) {
    const [operator, inner] = parseSingleEntry(operand, path);
    const texts = Array.isArray(inner) ? inner : [inner];
    if (texts.length === 0) throw invalidPattern(`Empty arrays are not allowed: "${path}"`);
    const rules = texts.map((text) => parseText(operator, text, path));
    return (value) => rules.some((matches) => matches(value));
  }
  const excluded = Array.isArray(operand) ? operand : [operand];
  const types = new Set(excluded.map((value) => typeof value));
  if (types.size !== 1 || !(types.has('string') || types.has('number'))) {
    throw invalidPattern(`anything-but takes texts or numbers, but not both: "${path}"`);
  }
  return (value) => excluded.includes(value);
}

function parseText(operator: string, operand: unknown, path: string): ValueMatcher {
  const createMatcher = Object.hasOwn(TEXT_MATCHERS, operator) ? TEXT_MATCHERS[operator] : undefined;
  if (!createMatcher) throw invalidPattern(`Unrecognized match type ${operator}: "${path}"`);
  if (isObject(operand) && (operator === 'prefix' || operator === 'suffix')) {
    const [inner, text] = parseSingleEntry(operand, path);
    if (inner !== 'equals-ignore-case' || typeof text !== 'string') {
      throw invalidPattern(`${operator} takes a text or equals-ignore-case with one: "${path}"`);
    }
    const matches = createMatcher(text.toLowerCase(), path);
    return (value) => typeof value === 'string' && matches(value.toLowerCase());
  }
  if (typeof operand !== 'string') throw invalidPattern(`${operator} match pattern must be a string: "${path}"`);
  const matches = createMatcher(operand, path);
  return (value) => typeof value === 'string' && matches(value);
}

/** One comparison, or a lower bound and an upper one. */
function parseNumeric(operand: unknown, path: string): ValueMatcher {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw invalidPattern(`numeric takes one or two pairs of a comparison and a number: "${path}"`);
  }
  const [lower, low, upper, high]: unknown[] = operand;
  const tests = [parseComparison(lower, low, path)];
  if (operand.length === 4) {
    tests.push(parseComparison(upper, high, path));
    const isRange = String(lower).startsWith('>') && String(upper).startsWith('<') && Number(low) < Number(high);
    if (!isRange) throw invalidPattern(`Bad numeric range: "${path}"`);
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function parseComparison(operator: unknown, bound: unknown, path: string): (value: number) => boolean {
  const compare =
    typeof operator === 'string' && Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (!compare || typeof bound !== 'number') {
    throw invalidPattern(`numeric takes ${Object.keys(COMPARISONS).join(', ')} and numbers: "${path}"`);
  }
  return (value) => compare(value, bound);
}

function parseCidr(operand: unknown, path: string): ValueMatcher {
  const [address = '', bits = '', ...rest] = typeof operand === 'string' ? operand.split('/') : [];
  const family = isIP(address);
  const bitsMax = family === 4 ? 32 : 128;
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > bitsMax) {
    throw invalidPattern(`Malformed CIDR: "${path}"`);
  }
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return (value) => {
    if (typeof value !== 'string' || isIP(value) !== family) return false;
    return block.check(value, family === 4 ? 'ipv4' : 'ipv6');
  };
}

function some(matches: ValueMatcher): LeafMatcher {
  return (values) => values.some(matches);
}
