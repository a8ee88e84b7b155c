// Shard iterators: opaque to callers, a position in a shard to us.

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';

const iteratorSchema = z.strictObject({ streamArn: z.string(), shardId: z.string(), position: z.int().min(0) });

export type ShardIterator = z.output<typeof iteratorSchema>;

export function renderIterator(iterator: ShardIterator): string {
  return Buffer.from(JSON.stringify(iterator)).toString('base64');
}

/** @throws {AwsError} `InvalidArgumentException`. */
export function parseIterator(text: string): ShardIterator {
  try {
    return iteratorSchema.parse(JSON.parse(Buffer.from(text, 'base64').toString()));
  } catch (cause) {
    throw new AwsError('InvalidArgumentException', 'Invalid ShardIterator.', { cause });
  }
}
