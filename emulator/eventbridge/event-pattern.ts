// Event patterns: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html

import { AwsError } from '../kernel/errors.ts';

/** Whether an event matches. */
export type EventMatcher = (event: unknown) => boolean;

/** Whether any of the values that an event has at a path will do; the path may be absent. */
type ValueMatcher = (values: readonly unknown[], isPresent: boolean) => boolean;

/** @throws {AwsError} `InvalidEventPatternException`, also for comparison operators that are not modelled, by name. */
export function parseEventPattern(pattern: unknown): EventMatcher {
  if (!isObject(pattern) || Object.keys(pattern).length === 0)
    throw invalid('the pattern must be a JSON object with at least one field');
  return parseFields(pattern, '');
}

function parseFields(pattern: Readonly<Record<string, unknown>>, path: string): EventMatcher {
  const matchers = Object.entries(pattern).map(([name, rule]): EventMatcher => {
    if (name === '$or') return parseAlternatives(rule, path);
    const fieldPath = path ? `${path}.${name}` : name;
    if (isObject(rule)) {
      const inner = parseFields(rule, fieldPath);
      return (event) => valuesAt(event, name).some(inner);
    }
    if (!Array.isArray(rule) || rule.length === 0)
      throw invalid(`"${fieldPath}" must be an object or a non-empty array`);
    const alternatives = rule.map((item) => parseRule(item, fieldPath));
    return (event) => {
      const values = valuesAt(event, name);
      return alternatives.some((matches) => matches(values, values.length > 0));
    };
  });
  return (event) => matchers.every((matches) => matches(event));
}

function parseAlternatives(rule: unknown, path: string): EventMatcher {
  if (!Array.isArray(rule) || rule.length < 2) throw invalid('"$or" must be an array of at least two patterns');
  const alternatives = rule.map((item) => {
    if (!isObject(item)) throw invalid('"$or" must hold objects');
    return parseFields(item, path);
  });
  return (event) => alternatives.some((matches) => matches(event));
}

function parseRule(rule: unknown, path: string): ValueMatcher {
  if (!isObject(rule)) return some((value) => value === rule);
  const [[operator, operand] = ['', undefined]] = Object.entries(rule);
  switch (operator) {
    case 'exists':
      return (_values, isPresent) => isPresent === operand;
    case 'anything-but':
      return parseAnythingBut(operand, path);
    case 'numeric':
      return some(parseNumeric(operand, path));
    default:
      return some(parseTextRule(operator, operand, path));
  }
}

/** No value may be what is named, and there must be one. */
function parseAnythingBut(operand: unknown, path: string): ValueMatcher {
  const excluded: (value: unknown) => boolean = isObject(operand)
    ? parseNestedExclusion(operand, path)
    : (value) => (Array.isArray(operand) ? operand.includes(value) : operand === value);
  return (values, isPresent) => isPresent && values.some((value) => !excluded(value));
}

function parseNestedExclusion(operand: Readonly<Record<string, unknown>>, path: string): (value: unknown) => boolean {
  const [[operator, inner] = ['', undefined]] = Object.entries(operand);
  const rules = (Array.isArray(inner) ? inner : [inner]).map((item) => parseTextRule(operator, item, path));
  return (value) => rules.some((matches) => matches(value));
}

function parseTextRule(operator: string, operand: unknown, path: string): (value: unknown) => boolean {
  if (isObject(operand) && typeof operand['equals-ignore-case'] === 'string') {
    const text = operand['equals-ignore-case'].toLowerCase();
    if (operator === 'prefix') return (value) => typeof value === 'string' && value.toLowerCase().startsWith(text);
    if (operator === 'suffix') return (value) => typeof value === 'string' && value.toLowerCase().endsWith(text);
  }
  if (typeof operand !== 'string')
    throw invalid(`"${path}": the operand of ${operator || 'the rule'} must be a string`);
  switch (operator) {
    case 'prefix':
      return (value) => typeof value === 'string' && value.startsWith(operand);
    case 'suffix':
      return (value) => typeof value === 'string' && value.endsWith(operand);
    case 'equals-ignore-case':
      return (value) => typeof value === 'string' && value.toLowerCase() === operand.toLowerCase();
    case 'wildcard': {
      const expression = new RegExp(`^${operand.split('*').map(escapeExpression).join('.*')}$`, 's');
      return (value) => typeof value === 'string' && expression.test(value);
    }
    default:
      throw invalid(`"${path}": unrecognized match type ${operator}`);
  }
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '=': (value, bound) => value === bound,
};

function parseNumeric(operand: unknown, path: string): (value: unknown) => boolean {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) {
    throw invalid(`"${path}": numeric takes pairs of a comparison and a number`);
  }
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = COMPARISONS[String(operand[index])];
    const bound: unknown = operand[index + 1];
    if (!compare || typeof bound !== 'number') throw invalid(`"${path}": numeric takes <, <=, >, >=, = and numbers`);
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function some(matches: (value: unknown) => boolean): ValueMatcher {
  return (values) => values.some(matches);
}

/** An array in an event stands for each of its items. */
function valuesAt(event: unknown, name: string): unknown[] {
  if (!isObject(event) || !Object.hasOwn(event, name)) return [];
  const value = event[name];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
