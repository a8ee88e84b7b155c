// Event patterns: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html

import { invalidPattern, isObject, parseMatchRule } from './match-rule.ts';

/** Whether an event matches. */
export type EventMatcher = (event: unknown) => boolean;

/** `text` is JSON. @throws {AwsError} `InvalidEventPatternException`. */
export function parseEventPattern(text: string): EventMatcher {
  const pattern = parseJson(text);
  if (!isObject(pattern)) throw invalidPattern('Filter is not an object');
  return parseFields(pattern, '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidPattern(cause instanceof Error ? cause.message : String(cause));
  }
}

function parseFields(pattern: Readonly<Record<string, unknown>>, path: string): EventMatcher {
  if (Object.keys(pattern).length === 0) throw invalidPattern(`Empty objects are not allowed: "${path || 'pattern'}"`);
  const matchers = Object.entries(pattern).map(([name, rule]) => {
    if (name === '$or') return parseAlternatives(rule, path);
    const fieldPath = path ? `${path}.${name}` : name;
    return isObject(rule) ? parseNested(name, rule, fieldPath) : parseLeaf(name, rule, fieldPath);
  });
  return (event) => matchers.every((matches) => matches(event));
}

function parseAlternatives(rule: unknown, path: string): EventMatcher {
  if (!Array.isArray(rule) || rule.length < 2) {
    throw invalidPattern('"$or" must be an array of at least two patterns');
  }
  const alternatives = rule.map((item) => {
    if (!isObject(item)) throw invalidPattern('"$or" must hold objects');
    return parseFields(item, path);
  });
  return (event) => alternatives.some((matches) => matches(event));
}

/** Objects in an array match one by one: what a pattern asks for together has to be in the same one. */
function parseNested(name: string, rule: Readonly<Record<string, unknown>>, path: string): EventMatcher {
  const matches = parseFields(rule, path);
  return (event) => {
    const objects = readValues(event, name).filter(isObject);
    // Below a field that is missing, everything is missing: that is what { exists: false } asks for.
    return objects.length > 0 ? objects.some(matches) : matches({});
  };
}

function parseLeaf(name: string, rule: unknown, path: string): EventMatcher {
  if (!Array.isArray(rule)) throw invalidPattern(`"${path}" must be an object or an array`);
  if (rule.length === 0) throw invalidPattern(`Empty arrays are not allowed: "${path}"`);
  const alternatives = rule.map((item) => parseMatchRule(item, path));
  return (event) => {
    const leaves = readValues(event, name).filter((value) => !isObject(value));
    return alternatives.some((matches) => matches(leaves));
  };
}

/** An array in an event stands for each of its items. */
function readValues(event: unknown, name: string): unknown[] {
  if (!isObject(event) || !Object.hasOwn(event, name)) return [];
  const value = event[name];
  return Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
}
