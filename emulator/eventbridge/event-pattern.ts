// Event patterns: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html

import { invalidPattern, isObject, parseMatchRule } from './match-rule.ts';

/** Whether an event matches. */
export type EventMatcher = (event: unknown) => boolean;

/** `text` is JSON. @throws {AwsError} `InvalidEventPatternException`. */
export function parseEventPattern(text: string): EventMatcher {
  const pattern = parseJson(text);
  if (!isObject(pattern)) throw invalidPattern('Filter is not an object');
  return parseFields(pattern);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalidPattern(cause instanceof Error ? cause.message : String(cause));
  }
}

function parseFields(pattern: Readonly<Record<string, unknown>>): EventMatcher {
  if (Object.keys(pattern).length === 0) throw invalidPattern('Empty objects are not allowed');
  const matchers = Object.entries(pattern).map(([name, rule]) =>
    name === '$or' ? parseAlternatives(rule) : parseField(name, rule),
  );
  return (event) => matchers.every((matches) => matches(event));
}

function parseAlternatives(rule: unknown): EventMatcher {
  if (!Array.isArray(rule) || rule.length < 2) {
    throw invalidPattern('"$or" must be an array of at least two patterns');
  }
  const alternatives = rule.map((item) => {
    if (!isObject(item)) throw invalidPattern('"$or" must hold objects');
    return parseFields(item);
  });
  return (event) => alternatives.some((matches) => matches(event));
}

/** A name with a dot is a path: "EventBridge joins field names with dots", in patterns and in events. */
function parseField(name: string, rule: unknown): EventMatcher {
  const [first = name, ...others] = name.split('.');
  if (others.length > 0) return createNested(first, parseField(others.join('.'), rule));
  return isObject(rule) ? createNested(name, parseFields(rule)) : parseLeaf(name, rule);
}

/** Objects in an array match one by one: what a pattern asks for together has to be in the same one. */
function createNested(name: string, matches: EventMatcher): EventMatcher {
  return (event) => {
    const objects = readValues(event, name).filter(isObject);
    // Below a field that is missing, everything is missing: that is what { exists: false } asks for.
    return objects.length > 0 ? objects.some(matches) : matches({});
  };
}

function parseLeaf(name: string, rule: unknown): EventMatcher {
  if (!Array.isArray(rule)) throw invalidPattern(`"${name}" must be an object or an array`);
  if (rule.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const alternatives = rule.map(parseMatchRule);
  return (event) => {
    const leaves = readValues(event, name).filter((value) => !isObject(value));
    return alternatives.some((matches) => matches(leaves));
  };
}

/** An array in an event stands for each of its items. */
function readValues(event: unknown, name: string): unknown[] {
  if (!isObject(event)) return [];
  const values = Object.hasOwn(event, name) ? toItems(event[name]) : [];
  const prefix = `${name}.`;
  for (const key in event) {
    if (key.startsWith(prefix)) values.push({ [key.slice(prefix.length)]: event[key] });
  }
  return values;
}

function toItems(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
}
