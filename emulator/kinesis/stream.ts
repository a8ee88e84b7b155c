// One stream of provisioned shards.

import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import { Shard, type StoredRecord } from './shard.ts';

export interface StreamProps {
  /** 1 to 128 letters, digits, dots, hyphens and underscores. */
  readonly name: string;
  /** At least 1. */
  readonly shardCount: number;
}

/** Of a record that its shard took, or did not take because of what it had taken in this second. */
export interface PutOutcome {
  readonly shard: Shard;
  readonly record: StoredRecord | undefined;
}

const HASH_KEYS = 2n ** 128n;
/** Sequence numbers have 56 digits. */
const FIRST_SEQUENCE_NUMBER = 49_590_338_271_490_256n * 10n ** 39n;

export class Stream {
  readonly props: StreamProps;
  readonly arn: string;
  readonly shards: readonly Shard[];
  /** Epoch milliseconds. */
  readonly createdMs: number;
  readonly #clock: Clock;
  #sequence = FIRST_SEQUENCE_NUMBER;

  constructor(parts: { props: StreamProps; arn: string; clock: Clock }) {
    const { props, clock } = parts;
    this.props = props;
    this.arn = parts.arn;
    this.createdMs = clock.now();
    this.#clock = clock;
    const width = HASH_KEYS / BigInt(props.shardCount);
    const startingSequenceNumber = String(this.#sequence);
    this.shards = Array.from({ length: props.shardCount }, (_, index) => {
      const startingHashKey = width * BigInt(index);
      const endingHashKey = index + 1 === props.shardCount ? HASH_KEYS - 1n : startingHashKey + width - 1n;
      return new Shard({ index, startingHashKey, endingHashKey, startingSequenceNumber, clock });
    });
  }

  /** `data` is base64. */
  put(partitionKey: string, data: string): PutOutcome {
    const shard = this.#findShardOfKey(partitionKey);
    if (!shard.admitRecord(computeRecordBytes(partitionKey, data))) return { shard, record: undefined };
    const sequenceNumber = String(++this.#sequence);
    const record = { sequenceNumber, partitionKey, data, arrivedMs: Math.floor(this.#clock.now()) };
    shard.records.push(record);
    return { shard, record };
  }

  /** @throws {AwsError} `ResourceNotFoundException`. */
  findShard(shardId: string): Shard {
    const shard = this.shards.find(({ id }) => id === shardId);
    if (shard) return shard;
    throw new AwsError('ResourceNotFoundException', `Shard ${shardId} in stream ${this.props.name} not found.`);
  }

  /** Whether the stream has given the number out, or starts with it. */
  hasReached(sequenceNumber: string): boolean {
    return (
      /^\d{56}$/.test(sequenceNumber) &&
      sequenceNumber >= String(FIRST_SEQUENCE_NUMBER) &&
      sequenceNumber <= String(this.#sequence)
    );
  }

  /** MD5 of the key, as a 128-bit number, falls into one shard's range. */
  #findShardOfKey(partitionKey: string): Shard {
    const hashKey = BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
    const shard = this.shards.find(({ endingHashKey }) => hashKey <= endingHashKey);
    if (!shard) throw new RangeError(`no shard of ${this.props.name} has hash key ${hashKey}`);
    return shard;
  }
}

/** The key counts towards every limit. */
export function computeRecordBytes(partitionKey: string, data: string): number {
  return Buffer.byteLength(data, 'base64') + Buffer.byteLength(partitionKey);
}
