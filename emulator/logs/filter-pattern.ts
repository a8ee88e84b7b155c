// Which messages a filter pattern wants: terms, or one comparison with a member of a JSON message.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';

export type MessageTest = (message: string) => boolean;

/** @throws {AwsError} `InvalidParameterException`; {UnsupportedFeatureError} for other kinds of patterns. */
export function compileFilterPattern(pattern: string): MessageTest {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (text.startsWith('{')) return compileComparison(text);
  if (text.startsWith('[')) throw refuse(`the space-delimited pattern ${text}`);
  return compileTerms(text);
}

const TERM = /(?<sign>[?-]?)(?:"(?<phrase>(?:[^"\\]|\\.)*)"|(?<word>[^\s"]+))(?:\s+|$)/y;

/** Every term must be there, none of those after `-`, and one of those after `?`, which count only by themselves. */
function compileTerms(text: string): MessageTest {
  const terms: { sign: string; text: string }[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const groups = TERM.exec(text)?.groups;
    if (!groups) throw new AwsError('InvalidParameterException', `Invalid filter pattern: ${text}`);
    const word = groups.word ?? groups.phrase?.replace(/\\(.)/g, '$1') ?? '';
    if (groups.word?.startsWith('%')) throw refuse(`the regular expression ${word}`);
    // "CloudWatch Logs ignores ? terms in a pattern with other terms" depends on their order: not modelled.
    terms.push({ sign: groups.sign ?? '', text: word });
  }
  const optional = terms.filter(({ sign }) => sign === '?');
  if (optional.length > 0 && optional.length < terms.length) throw refuse('? terms together with others');
  if (optional.length > 0) return (message) => optional.some((term) => message.includes(term.text));
  return (message) => terms.every(({ sign, text: part }) => message.includes(part) === (sign === ''));
}

const COMPARISON =
  /^\{\s*\$(?<path>(?:\.[\w-]+|\[\d+\])+)\s*(?<operator>!=|<=|>=|=|<|>)\s*(?:"(?<string>(?:[^"\\]|\\.)*)"|(?<word>[^\s"{}()&|%]+))\s*\}$/;

function compileComparison(text: string): MessageTest {
  const groups = COMPARISON.exec(text)?.groups;
  if (!groups?.path || !groups.operator) throw refuse(`the pattern ${text}`);
  const path = [...groups.path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? index ?? '');
  const compare = chooseComparison(groups.operator, groups.string, groups.word, text);
  return (message) => {
    const found = findMember(parseJson(message), path);
    return found !== undefined && found !== null && typeof found !== 'object' && compare(found);
  };
}

function chooseComparison(
  operator: string,
  string: string | undefined,
  word: string | undefined,
  pattern: string,
): (found: unknown) => boolean {
  const isEqual = operator === '=';
  if (operator === '=' || operator === '!=') {
    if (word !== undefined && isNumber(word)) return (found) => (found === Number(word)) === isEqual;
    const wanted = string?.replace(/\\(.)/g, '$1') ?? word ?? '';
    const matcher = new RegExp(`^${wanted.split('*').map(escapeRegExp).join('.*')}$`, 's');
    return (found) => matcher.test(String(found)) === isEqual;
  }
  if (word === undefined || !isNumber(word)) throw refuse(`the pattern ${pattern}`);
  const limit = Number(word);
  return (found) => typeof found === 'number' && COMPARISONS[operator]?.(found, limit) === true;
}

const COMPARISONS: Readonly<Record<string, (found: number, limit: number) => boolean>> = {
  '<': (found, limit) => found < limit,
  '<=': (found, limit) => found <= limit,
  '>': (found, limit) => found > limit,
  '>=': (found, limit) => found >= limit,
};

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);
}

function parseJson(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function findMember(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (parent, name) =>
      typeof parent === 'object' && parent !== null && Object.hasOwn(parent, name)
        ? Reflect.get(parent, name)
        : undefined,
    value,
  );
}

function refuse(feature: string): UnsupportedFeatureError {
  return new UnsupportedFeatureError('logs.FilterLogEvents', `filterPattern with ${feature}`);
}
