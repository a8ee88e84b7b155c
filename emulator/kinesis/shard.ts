// One shard: an ordered log, and what it takes in a second.

import type { Clock } from '../kernel/clock.ts';

export interface StoredRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Base64. */
  readonly data: string;
  /** Epoch milliseconds. */
  readonly arrivedMs: number;
}

/** https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const RECORDS_PER_SECOND_MAX = 1000;
const BYTES_PER_SECOND_MAX = 1024 * 1024;

export class Shard {
  readonly id: string;
  /** First hash key that belongs here. */
  readonly startingHashKey: bigint;
  readonly records: StoredRecord[] = [];
  readonly #clock: Clock;
  #secondStartMs = Number.NEGATIVE_INFINITY;
  #secondRecords = 0;
  #secondBytes = 0;

  constructor(parts: { index: number; startingHashKey: bigint; clock: Clock }) {
    this.id = `shardId-${String(parts.index).padStart(12, '0')}`;
    this.startingHashKey = parts.startingHashKey;
    this.#clock = parts.clock;
  }

  /** Whether the shard still takes a record of `bytes` in this second; counts it when it does. */
  admit(bytes: number): boolean {
    const nowMs = this.#clock.now();
    if (nowMs - this.#secondStartMs >= 1000) {
      this.#secondStartMs = nowMs;
      this.#secondRecords = 0;
      this.#secondBytes = 0;
    }
    if (this.#secondRecords + 1 > RECORDS_PER_SECOND_MAX || this.#secondBytes + bytes > BYTES_PER_SECOND_MAX) {
      return false;
    }
    this.#secondRecords++;
    this.#secondBytes += bytes;
    return true;
  }
}
