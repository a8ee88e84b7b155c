// Names of delivered objects: https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html and s3-object-name.html

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';

/** The Java date patterns that are modelled, longest first. */
const PATTERN_LETTERS = /yyyy|MM|dd|HH|mm|ss/g;
const RANDOM_CHARACTERS = 11;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export interface KeyParts {
  readonly streamName: string;
  readonly version: number;
  /** Arrival of the oldest record in the object. */
  readonly oldestMs: number;
  readonly fileExtension: string;
  readonly random: Random;
}

/** A prefix without a timestamp expression gets `yyyy/MM/dd/HH/` appended. */
export function renderObjectKey(prefix: string, parts: KeyParts): string {
  const { streamName, version, oldestMs, fileExtension, random } = parts;
  const whole = prefix.includes('!{timestamp:') ? prefix : `${prefix}!{timestamp:yyyy/MM/dd/HH}/`;
  const stamp = renderTimestamp('yyyy-MM-dd-HH-mm-ss', oldestMs);
  return `${renderPrefix(whole, parts)}${streamName}-${version}-${stamp}-${random.uuid()}${fileExtension}`;
}

function renderPrefix(prefix: string, { oldestMs, random }: KeyParts): string {
  return prefix.replace(/!\{([a-zA-Z]+):([^}]*)\}/g, (expression, namespace: string, value: string) => {
    if (namespace === 'timestamp') return renderTimestamp(value, oldestMs);
    if (namespace === 'firehose' && value === 'random-string') return random.text(RANDOM_CHARACTERS, ALPHABET);
    if (namespace === 'firehose' && value === 'error-output-type') return 'processing-failed';
    throw new UnsupportedFeatureError('Firehose', `prefix expression ${expression}`);
  });
}

function renderTimestamp(pattern: string, timeMs: number): string {
  const date = new Date(timeMs).toISOString();
  const fields: Readonly<Record<string, string>> = {
    yyyy: date.slice(0, 4),
    MM: date.slice(5, 7),
    dd: date.slice(8, 10),
    HH: date.slice(11, 13),
    mm: date.slice(14, 16),
    ss: date.slice(17, 19),
  };
  if (/[a-zA-Z]/.test(pattern.replace(PATTERN_LETTERS, ''))) {
    throw new UnsupportedFeatureError('Firehose', `timestamp pattern ${pattern}`);
  }
  return pattern.replace(PATTERN_LETTERS, (letters) => fields[letters] ?? letters);
}
