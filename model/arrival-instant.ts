// When a message was in S3, as far as S3 tells.

/**
 * What the instant rests on. `event`: S3's own event of the object, exact to the millisecond. Where that is missing, `LastModified`: `second` and
 * `bounded-second` are good to half a second, `receipt` is a lower bound.
 */
export const ARRIVAL_BASES = ['event', 'second', 'bounded-second', 'receipt'] as const;

export type ArrivalBasis = (typeof ARRIVAL_BASES)[number];

export interface ArrivalInstant {
  /** Epoch milliseconds; may have a fraction. */
  readonly arrivedAtMs: number;
  readonly basis: Exclude<ArrivalBasis, 'event'>;
}

const RESOLUTION_MS = 1000;

/**
 * S3's `LastModified` has whole seconds, cut off, and no object holds a message before its handler has received it: so
 * the object arrived in [max(LastModified, receivedAt), LastModified + 1 s), and the middle is within half a second of it.
 * That is `second` when `LastModified` bounds the interval from below and `bounded-second` when `receivedAt` does.
 *
 * When `receivedAt` is past the interval, `LastModified` is not the arrival's: for a multipart upload, which Firehose makes
 * when it buffers for less than a minute, it is the instant the upload was initiated
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html). The arrival was then no earlier than
 * `receivedAt`, which is given with basis `receipt`.
 *
 * Both inputs are epoch milliseconds.
 */
export function computeArrivalInstant(lastModifiedMs: number, receivedAtMs: number): ArrivalInstant {
  const endMs = lastModifiedMs + RESOLUTION_MS;
  if (receivedAtMs >= endMs) return { arrivedAtMs: receivedAtMs, basis: 'receipt' };
  if (receivedAtMs > lastModifiedMs) return { arrivedAtMs: (receivedAtMs + endMs) / 2, basis: 'bounded-second' };
  return { arrivedAtMs: (lastModifiedMs + endMs) / 2, basis: 'second' };
}
