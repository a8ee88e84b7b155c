// Shard iterators: opaque to callers, a position in a shard to us.

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';

const iteratorSchema = z.strictObject({
  streamArn: z.string(),
  shardId: z.string(),
  position: z.int().min(0),
  /** Epoch milliseconds. */
  issuedMs: z.number(),
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
const LIFETIME_MS = 300_000;

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

/** @throws {AwsError} `ExpiredIteratorException`. */
export function assertIteratorIsFresh({ issuedMs }: ShardIterator, nowMs: number): void {
  if (nowMs - issuedMs <= LIFETIME_MS) return;
  throw new AwsError(
    'ExpiredIteratorException',
    `Iterator expired. The iterator was created at time ${renderTime(issuedMs)} while right now it is ${renderTime(nowMs)} which is further in the future than the tolerated delay of ${LIFETIME_MS} milliseconds.`,
  );
}

/** As Java prints it: `Thu Jan 01 00:00:00 UTC 1970`. */
function renderTime(timeMs: number): string {
  const [weekday, day, month, year, time] = new Date(timeMs).toUTCString().split(/,? /);
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}
