// Polls one shard for a function: once a second, into one lane of batches or, with a parallelization factor, several.
// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { LambdaService } from '../lambda-service.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { countEvents } from './mapping-metrics.ts';
import { ShardLane } from './shard-lane.ts';
import { createShardRecord, type RecordSource, recordsSchema, type ShardRecord } from './shard-record.ts';
import { spawnPolling } from './spawn-polling.ts';
import { Waker } from './waker.ts';

export const POLL_INTERVAL_MS = 1000;
/** A reader that is behind does not wait for the second to end, but a shard allows five reads a second. */
const CATCH_UP_INTERVAL_MS = 200;
/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html. No more is read while so much waits. */
const RECORDS_MAX = 10_000;
/** How long a shard is left alone by the error that a read ends with. */
const PAUSES_MS: Readonly<Record<string, number>> = {
  /** Its readers have had their share. */
  ProvisionedThroughputExceededException: POLL_INTERVAL_MS,
  /** The iterator is older than five minutes: a batch held up its shard, or the mapping was disabled. */
  ExpiredIteratorException: POLL_INTERVAL_MS,
  /** The stream has been deleted. */
  ResourceNotFoundException: 60_000,
};

const iteratorSchema = z.object({ ShardIterator: z.string() });

export interface ShardPollerParts {
  readonly world: World;
  readonly lambda: LambdaService;
  readonly mapping: EventSourceMapping;
  readonly shardId: string;
}

export class ShardPoller {
  readonly #parts: ShardPollerParts;
  readonly #source: RecordSource;
  readonly #waker: Waker;
  #lanes: readonly ShardLane[] = [];
  #iterator: string | undefined;
  /** Of the last record that was read. */
  #sequenceNumber: string | undefined;
  #nextPollMs = 0;
  /** Whether it should poll, which it may not do yet or not do any more. */
  #isWanted = false;
  #isStopped = true;
  /** The reader and all lanes. */
  #ended: Promise<unknown> = Promise.resolve();

  constructor(parts: ShardPollerParts) {
    const { world, mapping, shardId } = parts;
    this.#parts = parts;
    this.#waker = new Waker(world.clock);
    this.#source = {
      shardId,
      streamArn: mapping.props.eventSourceArn,
      region: world.region,
      roleArn: mapping.target.props.roleArn,
    };
  }

  /** Polls from `firstPollMs` on, from where it stopped, or from the mapping's starting position. */
  start(firstPollMs: number): void {
    this.#isWanted = true;
    this.#launch(firstPollMs);
  }

  /** Resolves when nothing is under way; what was read and not handled is kept. */
  stop(): Promise<void> {
    this.#isWanted = false;
    return this.#halt();
  }

  /** Only another number of lanes has to be acted on: lanes look at the other settings with each batch. */
  onSettings(): void {
    const { clock } = this.#parts.world;
    if (this.#lanes.length === this.#laneCount) return;
    clock.spawn(async () => {
      await this.#halt();
      if (this.#isWanted && this.#isStopped) this.#launch(clock.now());
    });
  }

  get #laneCount(): number {
    return this.#parts.mapping.settings.parallelizationFactor ?? 1;
  }

  #launch(firstPollMs: number): void {
    const { lambda, world, mapping, shardId } = this.#parts;
    this.#isStopped = false;
    this.#nextPollMs = firstPollMs;
    const kept = this.#lanes.flatMap((lane) => lane.takeWaiting());
    const onIdle = () => this.#waker.wake();
    this.#lanes = Array.from(
      { length: this.#laneCount },
      () => new ShardLane({ lambda, world, mapping, shardId, onIdle }),
    );
    this.#distribute(kept.sort((a, b) => (a.sequenceNumber < b.sequenceNumber ? -1 : 1)));
    this.#ended = Promise.all([
      spawnPolling(world, mapping, () => this.#read()),
      ...this.#lanes.map((lane) => spawnPolling(world, mapping, () => lane.run())),
    ]);
  }

  async #halt(): Promise<void> {
    this.#isStopped = true;
    this.#waker.wake();
    for (const lane of this.#lanes) lane.stop();
    await this.#ended;
  }

  async #read(): Promise<void> {
    const { clock } = this.#parts.world;
    this.#iterator ??= await this.#openIterator();
    while (!this.#isStopped) {
      if (clock.now() < this.#nextPollMs) await this.#waker.wait(this.#nextPollMs - clock.now());
      else if (this.#hasRoom()) await this.#poll(this.#iterator);
      else await this.#waker.wait();
    }
  }

  /** A lane has to be free for what comes, and not too much may wait for the others. */
  #hasRoom(): boolean {
    const waiting = this.#lanes.reduce((sum, lane) => sum + lane.waitingCount, 0);
    return waiting < RECORDS_MAX && this.#lanes.some((lane) => !lane.isBusy);
  }

  async #openIterator(): Promise<string> {
    const { startingPosition, startingTimestampMs, eventSourceArn } = this.#parts.mapping.props;
    const position =
      this.#sequenceNumber === undefined
        ? {
            ShardIteratorType: startingPosition,
            ...(startingTimestampMs !== undefined && { Timestamp: startingTimestampMs / 1000 }),
          }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: this.#sequenceNumber };
    const answer = await this.#call('GetShardIterator', {
      StreamARN: eventSourceArn,
      ShardId: this.#parts.shardId,
      ...position,
    });
    return iteratorSchema.parse(answer).ShardIterator;
  }

  async #poll(iterator: string): Promise<void> {
    const { clock } = this.#parts.world;
    const { behindMs, pauseMs } = await this.#getRecords(iterator);
    const nowMs = clock.now();
    // Polls that a long invocation kept from happening are not made up for.
    while (this.#nextPollMs <= nowMs) this.#nextPollMs += POLL_INTERVAL_MS;
    if (behindMs > 0) this.#nextPollMs = Math.min(this.#nextPollMs, nowMs + CATCH_UP_INTERVAL_MS);
    if (pauseMs > POLL_INTERVAL_MS) this.#nextPollMs = nowMs + pauseMs;
  }

  /** How far behind the end of the shard this is now, and for how long to leave the shard alone. */
  async #getRecords(iterator: string): Promise<{ behindMs: number; pauseMs: number }> {
    const { world, mapping } = this.#parts;
    try {
      const answer = await this.#call('GetRecords', {
        StreamARN: mapping.props.eventSourceArn,
        ShardIterator: iterator,
        Limit: RECORDS_MAX,
      });
      const { Records, NextShardIterator, MillisBehindLatest } = recordsSchema.parse(answer);
      this.#iterator = NextShardIterator;
      this.#sequenceNumber = Records.at(-1)?.SequenceNumber ?? this.#sequenceNumber;
      countEvents(world, mapping, 'PolledEventCount', Records.length);
      this.#distribute(Records.map((record) => createShardRecord(record, this.#source)));
      return { behindMs: MillisBehindLatest, pauseMs: 0 };
    } catch (error) {
      const pauseMs = error instanceof AwsError ? PAUSES_MS[error.code] : undefined;
      if (pauseMs === undefined) throw error;
      if (error instanceof AwsError && error.code === 'ExpiredIteratorException') {
        this.#iterator = await this.#openIterator();
      }
      return { behindMs: 0, pauseMs };
    }
  }

  #call(operation: string, input: object): Promise<unknown> {
    const { world, mapping } = this.#parts;
    return world.gateway.call({ service: 'kinesis', operation, caller: mapping.caller, input });
  }

  /** All records of one partition key go into one lane, so that their order is kept. */
  #distribute(records: readonly ShardRecord[]): void {
    const [first, ...others] = this.#lanes;
    if (records.length === 0 || !first) return;
    if (others.length === 0) {
      first.add(records);
      return;
    }
    const shares = this.#lanes.map((lane): { lane: ShardLane; records: ShardRecord[] } => ({ lane, records: [] }));
    for (const record of records) shares[hash(record.partitionKey) % shares.length]?.records.push(record);
    for (const share of shares) if (share.records.length > 0) share.lane.add(share.records);
  }
}

/** FNV-1a, 32 bits. Which function Lambda takes is not known. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
