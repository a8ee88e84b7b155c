// Records on their way into one invocation's payload, each already the JSON that it will be there.

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html: what a batch may weigh, metadata included. */
const PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;
const OPENING = '{"Records":[';
const CLOSING = ']}';

export interface BatchItem {
  /** The record as JSON. */
  readonly json: string;
  /** Its UTF-8 length. */
  readonly jsonBytes: number;
}

export interface BatchCut {
  /** How many from the front make the next batch. */
  readonly count: number;
  /** Whether there is nothing to wait for: the batch has its size, or the next record no longer fits. */
  readonly isFull: boolean;
}

/** How much of what waits goes into one invocation. A record that is too heavy by itself goes alone. */
export function cutBatch(items: readonly BatchItem[], batchSize: number): BatchCut {
  let bytes = OPENING.length + CLOSING.length;
  let count = 0;
  for (const { jsonBytes } of items) {
    bytes += jsonBytes + 1;
    if (count > 0 && bytes > PAYLOAD_BYTES_MAX) return { count, isFull: true };
    count++;
    if (count === batchSize) return { count, isFull: true };
  }
  return { count, isFull: false };
}

export function createBatchItem(record: object): BatchItem {
  const json = JSON.stringify(record);
  return { json, jsonBytes: Buffer.byteLength(json) };
}

export function renderEvent(items: readonly BatchItem[]): Buffer {
  return Buffer.from(`${OPENING}${items.map(({ json }) => json).join(',')}${CLOSING}`);
}
