// One stream of provisioned shards.

import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import { Shard } from './shard.ts';
import type { StoredRecord } from './shard-log.ts';

export interface StreamProps {
  /** 1 to 128 letters, digits, dots, hyphens and underscores. */
  readonly name: string;
  /** At least 1. */
  readonly shardCount: number;
  /** 1,024 to 10,240. Default 1,024. */
  readonly recordKibMax?: number;
  /** 24 to 8,760. Default 24. */
  readonly retentionHours?: number;
}

/** https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
export const RECORD_KIB = { byDefault: 1024, min: 1024, max: 10_240 };
/** https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html */
export const RETENTION_HOURS = { byDefault: 24, min: 24, max: 8760 };

const HOUR_MS = 3_600_000;

/** Of a record that its shard took, or did not take because of what it had taken in this second. */
export interface PutOutcome {
  readonly shard: Shard;
  readonly record: StoredRecord | undefined;
}

export const HASH_KEYS = 2n ** 128n;
/** Sequence numbers have 56 digits. */
const FIRST_SEQUENCE_NUMBER = 49_590_338_271_490_256n * 10n ** 39n;

export class Stream {
  readonly props: StreamProps;
  readonly arn: string;
  readonly shards: readonly Shard[];
  /** Epoch milliseconds. */
  readonly createdMs: number;
  readonly recordKibMax: number;
  readonly retentionHours: number;
  /** Of its metrics: frozen, so that the metric store finds them faster. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly #clock: Clock;
  readonly #shardWidth: bigint;
  #sequence = FIRST_SEQUENCE_NUMBER;

  constructor(parts: { props: StreamProps; arn: string; clock: Clock }) {
    const { props, clock } = parts;
    this.props = props;
    this.arn = parts.arn;
    this.createdMs = clock.now();
    this.recordKibMax = props.recordKibMax ?? RECORD_KIB.byDefault;
    this.retentionHours = props.retentionHours ?? RETENTION_HOURS.byDefault;
    this.dimensions = Object.freeze({ StreamName: props.name });
    this.#clock = clock;
    const width = HASH_KEYS / BigInt(props.shardCount);
    this.#shardWidth = width;
    const startingSequenceNumber = String(this.#sequence);
    this.shards = Array.from({ length: props.shardCount }, (_, index) => {
      const startingHashKey = width * BigInt(index);
      const endingHashKey = index + 1 === props.shardCount ? HASH_KEYS - 1n : startingHashKey + width - 1n;
      return new Shard({ index, startingHashKey, endingHashKey, startingSequenceNumber, clock });
    });
  }

  /** `data` is base64; `hashKey` is below 2 ** 128, and by default that of the partition key. */
  put(partitionKey: string, data: string, hashKey = computeHashKey(partitionKey)): PutOutcome {
    const shard = this.#findShardOfHashKey(hashKey);
    if (!shard.admitRecord(computeRecordBytes(partitionKey, data))) return { shard, record: undefined };
    const sequenceNumber = String(++this.#sequence);
    const record = { sequenceNumber, partitionKey, data, arrivedMs: Math.floor(this.#clock.now()) };
    shard.log.trim(this.#trimHorizonMs);
    shard.log.append(record);
    return { shard, record };
  }

  /** With what is past its time gone. @throws {AwsError} `ResourceNotFoundException`. */
  findShard(shardId: string): Shard {
    const shard = this.shards.find(({ id }) => id === shardId);
    shard?.log.trim(this.#trimHorizonMs);
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

  get #trimHorizonMs(): number {
    return this.#clock.now() - this.retentionHours * HOUR_MS;
  }

  /** All shards are equally wide but the last, which takes what is left. */
  #findShardOfHashKey(hashKey: bigint): Shard {
    const shard = this.shards[Math.min(Number(hashKey / this.#shardWidth), this.shards.length - 1)];
    if (!shard) throw new RangeError(`no shard of ${this.props.name} has hash key ${hashKey}`);
    return shard;
  }
}

/** MD5 of the key, as a number of 128 bits. */
function computeHashKey(partitionKey: string): bigint {
  return BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
}

/** The key counts towards every limit. */
export function computeRecordBytes(partitionKey: string, data: string): number {
  return Buffer.byteLength(data, 'base64') + Buffer.byteLength(partitionKey);
}
