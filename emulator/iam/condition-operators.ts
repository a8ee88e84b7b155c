// How a condition compares one value of a request with one value of the policy.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { BlockList, isIP } from 'node:net';
import { compileArnPattern, compilePattern, type PatternPart } from './pattern.ts';

export type ValueTest = (value: string) => boolean;

export interface Operator {
  /** Undefined when the policy's value is not of the operator's type. */
  compile(expected: readonly PatternPart[]): ValueTest | undefined;
  /** `…Not…`: holds when no expected value matches, and when the request lacks the key. */
  readonly isNegated: boolean;
  /** "You can use policy variables … in string comparisons": in comparisons of ARNs too. */
  readonly takesVariables: boolean;
}

const join = (parts: readonly PatternPart[]) => parts.map(({ text }) => text).join('');

function compare<Value>(
  parse: (text: string) => Value | undefined,
  test: (value: Value, expected: Value) => boolean,
): Operator['compile'] {
  return (parts) => {
    const expected = parse(join(parts));
    if (expected === undefined) return undefined;
    return (text) => {
      const value = parse(text);
      return value !== undefined && test(value, expected);
    };
  };
}

const asText = (text: string) => text;
const asTextOfAnyCase = (text: string) => text.toLowerCase();

function parseNumber(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Epoch seconds, or a date of ISO 8601. In milliseconds. */
function parseDate(text: string): number | undefined {
  if (/^\d+$/.test(text) && text.length !== 4) return Number(text) * 1000;
  if (!/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/.test(text)) return undefined;
  const timeMs = Date.parse(text);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

function parseBool(text: string): string | undefined {
  const bool = text.toLowerCase();
  return bool === 'true' || bool === 'false' ? bool : undefined;
}

function parseBase64(text: string): string | undefined {
  return /^[\w+/]*={0,2}$/.test(text) ? text.replace(/=+$/, '') : undefined;
}

/** An address, or a range as CIDR has it. */
function compileAddress(parts: readonly PatternPart[]): ValueTest | undefined {
  const [address = '', prefix, ...others] = join(parts).split('/');
  const version = isIP(address);
  const bits = prefix === undefined ? maxPrefix(version) : parseNumber(prefix);
  if (version === 0 || others.length > 0 || bits === undefined || bits > maxPrefix(version)) return undefined;
  const range = new BlockList();
  const family = version === 4 ? 'ipv4' : 'ipv6';
  range.addSubnet(address, bits, family);
  return (value) => isIP(value) === version && range.check(value, family);
}

function maxPrefix(version: number): number {
  return version === 4 ? 32 : 128;
}

const equal = <Value>(value: Value, expected: Value) => value === expected;
const below = (value: number, expected: number) => value < expected;
const atMost = (value: number, expected: number) => value <= expected;
const above = (value: number, expected: number) => value > expected;
const atLeast = (value: number, expected: number) => value >= expected;

const like: Operator['compile'] = (parts) => compilePattern(parts).matches;
const arnLike: Operator['compile'] = (parts) => compileArnPattern(parts).matches;

const text = (compile: Operator['compile'], isNegated = false): Operator => ({
  compile,
  isNegated,
  takesVariables: true,
});
const typed = (compile: Operator['compile'], isNegated = false): Operator => ({
  compile,
  isNegated,
  takesVariables: false,
});
const NOT = true;

/** By name. `Null` is no comparison, and not here. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    StringEquals: text(compare(asText, equal)),
    StringNotEquals: text(compare(asText, equal), NOT),
    StringEqualsIgnoreCase: text(compare(asTextOfAnyCase, equal)),
    StringNotEqualsIgnoreCase: text(compare(asTextOfAnyCase, equal), NOT),
    StringLike: text(like),
    StringNotLike: text(like, NOT),
    // "ArnEquals and ArnLike behave identically."
    ArnEquals: text(arnLike),
    ArnLike: text(arnLike),
    ArnNotEquals: text(arnLike, NOT),
    ArnNotLike: text(arnLike, NOT),
    NumericEquals: typed(compare(parseNumber, equal)),
    NumericNotEquals: typed(compare(parseNumber, equal), NOT),
    NumericLessThan: typed(compare(parseNumber, below)),
    NumericLessThanEquals: typed(compare(parseNumber, atMost)),
    NumericGreaterThan: typed(compare(parseNumber, above)),
    NumericGreaterThanEquals: typed(compare(parseNumber, atLeast)),
    DateEquals: typed(compare(parseDate, equal)),
    DateNotEquals: typed(compare(parseDate, equal), NOT),
    DateLessThan: typed(compare(parseDate, below)),
    DateLessThanEquals: typed(compare(parseDate, atMost)),
    DateGreaterThan: typed(compare(parseDate, above)),
    DateGreaterThanEquals: typed(compare(parseDate, atLeast)),
    Bool: typed(compare(parseBool, equal)),
    BinaryEquals: typed(compare(parseBase64, equal)),
    IpAddress: typed(compileAddress),
    NotIpAddress: typed(compileAddress, NOT),
  }),
);
