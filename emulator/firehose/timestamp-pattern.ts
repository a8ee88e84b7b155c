// The part of Java's date patterns that is modelled, in UTC.
// https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html#patterns

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';

/** From epoch milliseconds to text. */
export type TimestampPattern = (timeMs: number) => string;

const FIELDS: Readonly<Record<string, (date: Date) => number>> = {
  y: (date) => date.getUTCFullYear(),
  M: (date) => date.getUTCMonth() + 1,
  d: (date) => date.getUTCDate(),
  H: (date) => date.getUTCHours(),
  m: (date) => date.getUTCMinutes(),
  s: (date) => date.getUTCSeconds(),
};

/** Longer runs mean something else, such as a month's name. */
const LENGTHS: Readonly<Record<string, readonly number[]>> = {
  y: [4],
  M: [1, 2],
  d: [1, 2],
  H: [1, 2],
  m: [1, 2],
  s: [1, 2],
};

/** Text in single quotes, a run of one letter, or anything else. */
const TOKENS = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g;

/**
 * @throws {UnsupportedFeatureError} for letters, and runs of them, that are not modelled.
 * @throws {AwsError} `InvalidArgumentException` when a quote is not closed.
 */
export function parseTimestampPattern(pattern: string): TimestampPattern {
  const parts = [...pattern.matchAll(TOKENS)].map(([token, quoted, letter]): ((date: Date) => string) => {
    if (quoted !== undefined) {
      // Two quotes stand for one, inside of a quoted text and by themselves.
      const text = quoted === '' ? "'" : quoted.replaceAll("''", "'");
      return () => text;
    }
    if (token === "'") throw new AwsError('InvalidArgumentException', `timestamp pattern ${pattern} has an open quote`);
    if (letter === undefined) return () => token;
    const readField = FIELDS[letter];
    if (!readField || !LENGTHS[letter]?.includes(token.length)) {
      throw new UnsupportedFeatureError('Firehose', `timestamp pattern ${token} in ${pattern}`);
    }
    return (date) => String(readField(date)).padStart(token.length, '0');
  });
  return (timeMs) => {
    const date = new Date(timeMs);
    return parts.map((part) => part(date)).join('');
  };
}
