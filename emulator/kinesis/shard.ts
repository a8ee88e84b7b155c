// One shard: an ordered log, and what it takes and gives in a second.
// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html

import type { Clock } from '../kernel/clock.ts';
import { ShardLog } from './shard-log.ts';

const RECORDS_PER_SECOND_MAX = 1000;
const BYTES_PER_SECOND_MAX = 1024 * 1024;
const READS_PER_SECOND_MAX = 5;
const READ_BYTES_PER_SECOND_MAX = 2 * 1024 * 1024;
const SECOND_MS = 1000;

export class Shard {
  readonly id: string;
  /** The hash keys that belong here, both ends included. */
  readonly startingHashKey: bigint;
  readonly endingHashKey: bigint;
  /** No record has a lower one. */
  readonly startingSequenceNumber: string;
  readonly log = new ShardLog();
  readonly #clock: Clock;
  #secondStartMs = Number.NEGATIVE_INFINITY;
  #secondRecords = 0;
  #secondBytes = 0;
  /** The latest reads, oldest first. */
  readonly #readsMs: number[] = [];
  #readStartMs = Number.NEGATIVE_INFINITY;
  #readBytes = 0;

  constructor(parts: {
    index: number;
    startingHashKey: bigint;
    endingHashKey: bigint;
    startingSequenceNumber: string;
    clock: Clock;
  }) {
    this.id = `shardId-${String(parts.index).padStart(12, '0')}`;
    this.startingHashKey = parts.startingHashKey;
    this.endingHashKey = parts.endingHashKey;
    this.startingSequenceNumber = parts.startingSequenceNumber;
    this.#clock = parts.clock;
  }

  /** Whether the shard still takes a record of `bytes` in this second; counts it when it does. */
  admitRecord(bytes: number): boolean {
    const nowMs = this.#clock.now();
    // A record larger than a second's worth is taken as a burst, and the seconds that it is worth have to be waited for.
    const seconds = Math.max(1, this.#secondBytes / BYTES_PER_SECOND_MAX);
    if (nowMs - this.#secondStartMs >= SECOND_MS * seconds) {
      this.#secondStartMs = nowMs;
      this.#secondRecords = 0;
      this.#secondBytes = 0;
    }
    const isOver = this.#secondBytes > 0 && this.#secondBytes + bytes > BYTES_PER_SECOND_MAX;
    if (isOver || this.#secondRecords + 1 > RECORDS_PER_SECOND_MAX) return false;
    this.#secondRecords++;
    this.#secondBytes += bytes;
    return true;
  }

  /** Whether the shard answers another GetRecords call in this second; counts it when it does. */
  admitRead(): boolean {
    const nowMs = this.#clock.now();
    const [oldestMs = Number.NEGATIVE_INFINITY] = this.#readsMs;
    if (this.#readsMs.length === READS_PER_SECOND_MAX && nowMs - oldestMs < SECOND_MS) return false;
    // What was read beyond a second's worth has to be waited for: after 10 MB, five seconds.
    const readEndMs = this.#readStartMs + SECOND_MS * Math.max(1, this.#readBytes / READ_BYTES_PER_SECOND_MAX);
    if (nowMs >= readEndMs) {
      this.#readStartMs = nowMs;
      this.#readBytes = 0;
    }
    if (this.#readBytes >= READ_BYTES_PER_SECOND_MAX) return false;
    if (this.#readsMs.length === READS_PER_SECOND_MAX) this.#readsMs.shift();
    this.#readsMs.push(nowMs);
    return true;
  }

  /** Counts what an admitted read gave. */
  countRead(bytes: number): void {
    this.#readBytes += bytes;
  }
}
