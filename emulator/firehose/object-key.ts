// Names of delivered objects: https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html

import type { Random } from '../kernel/random.ts';
import type { PrefixExpression } from './prefix-expression.ts';
import { parseTimestampPattern } from './timestamp-pattern.ts';

const RANDOM_CHARACTERS = 11;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const renderStamp = parseTimestampPattern('yyyy-MM-dd-HH-mm-ss');

export interface KeyParts {
  readonly prefix: PrefixExpression;
  readonly streamName: string;
  /** Of the configuration that the object is written under. */
  readonly version: number;
  /** Arrival of the oldest record in the object, epoch milliseconds. */
  readonly oldestMs: number;
  /** With its dot, or empty. */
  readonly fileExtension: string;
  readonly random: Random;
}

export function renderObjectKey({ prefix, streamName, version, oldestMs, fileExtension, random }: KeyParts): string {
  const evaluated = prefix.render({
    oldestMs,
    errorOutputType: 'processing-failed',
    createRandomString: () => random.text(RANDOM_CHARACTERS, ALPHABET),
  });
  return `${evaluated}${streamName}-${version}-${renderStamp(oldestMs)}-${random.uuid()}${fileExtension}`;
}
