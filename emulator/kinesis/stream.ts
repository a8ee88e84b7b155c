// One stream of provisioned shards.

import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { Shard, type StoredRecord } from './shard.ts';

export interface StreamProps {
  readonly name: string;
  readonly shardCount: number;
}

const HASH_KEYS = 2n ** 128n;
/** Sequence numbers have 56 digits. */
const FIRST_SEQUENCE_NUMBER = 49_590_338_271_490_256n * 10n ** 39n;

export class Stream {
  readonly props: StreamProps;
  readonly arn: string;
  readonly shards: readonly Shard[];
  readonly createdMs: number;
  readonly #clock: Clock;
  #sequence = 0n;

  constructor(parts: { props: StreamProps; arn: string; clock: Clock }) {
    const { props, clock } = parts;
    this.props = props;
    this.arn = parts.arn;
    this.createdMs = clock.now();
    this.#clock = clock;
    const width = HASH_KEYS / BigInt(props.shardCount);
    this.shards = Array.from(
      { length: props.shardCount },
      (_, index) => new Shard({ index, startingHashKey: width * BigInt(index), clock }),
    );
  }

  /** Undefined when the shard's limit for this second is reached. `data` is base64. */
  put(partitionKey: string, data: string): { shardId: string; record: StoredRecord } | undefined {
    const shard = this.findShard(partitionKey);
    const bytes = Buffer.byteLength(data, 'base64') + Buffer.byteLength(partitionKey);
    if (!shard?.admit(bytes)) return undefined;
    const sequenceNumber = String(FIRST_SEQUENCE_NUMBER + this.#sequence++);
    const record = { sequenceNumber, partitionKey, data, arrivedMs: Math.floor(this.#clock.now()) };
    shard.records.push(record);
    return { shardId: shard.id, record };
  }

  /** MD5 of the key, as a 128-bit number, falls into one shard's range. */
  findShard(partitionKey: string): Shard | undefined {
    const hashKey = BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
    return this.shards.findLast(({ startingHashKey }) => startingHashKey <= hashKey);
  }

  endingHashKey(shard: Shard): bigint {
    const next = this.shards[this.shards.indexOf(shard) + 1];
    return (next?.startingHashKey ?? HASH_KEYS) - 1n;
  }
}
