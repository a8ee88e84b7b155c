// Polls one shard for a function: once a second, and one batch of it at a time.
// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { InvocationOutcome } from '../invocation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { type BatchItem, createBatchItem, cutBatch, renderEvent } from './batch.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import { parseFailedItems } from './partial-response.ts';

export const POLL_INTERVAL_MS = 1000;
/** A reader that is behind does not wait for the second to end, but a shard allows five reads a second. */
const CATCH_UP_INTERVAL_MS = 200;
/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html */
const RECORDS_MAX = 10_000;
const RETRY_DELAY_MS_MIN = 1000;
const RETRY_DELAY_MS_MAX = 60_000;
const RETRY_FOR_EVER = -1;

const recordSchema = z.object({
  SequenceNumber: z.string(),
  PartitionKey: z.string(),
  Data: z.string(),
  ApproximateArrivalTimestamp: z.number(),
});
const recordsSchema = z.object({
  Records: z.array(recordSchema),
  NextShardIterator: z.string(),
  MillisBehindLatest: z.number(),
});
const iteratorSchema = z.object({ ShardIterator: z.string() });

interface WaitingRecord extends BatchItem {
  readonly sequenceNumber: string;
}

export interface ShardPollerParts {
  readonly world: World;
  readonly lambda: LambdaService;
  readonly mapping: EventSourceMapping;
  readonly shardId: string;
}

export class ShardPoller {
  readonly #parts: ShardPollerParts;
  /** Read from the shard and not yet handled, in order. */
  readonly #waiting: WaitingRecord[] = [];
  #iterator = '';
  /** Of the last record that was read. */
  #sequenceNumber: string | undefined;
  #nextPollMs = 0;
  /** Whether a poll has brought records since the last invocation. */
  #isFresh = false;

  constructor(parts: ShardPollerParts) {
    this.#parts = parts;
  }

  /** Until the mapping is deleted. */
  async run(firstPollMs: number): Promise<void> {
    const { clock } = this.#parts.world;
    this.#iterator = await this.#openIterator();
    this.#nextPollMs = firstPollMs;
    let windowStartMs = clock.now();
    while (this.#parts.mapping.state !== 'Deleting') {
      const { batchSize, windowSeconds } = this.#parts.mapping.settings;
      const windowEndMs = windowStartMs + windowSeconds * 1000;
      const isDue = windowSeconds === 0 || clock.now() >= windowEndMs;
      const { count, isFull } = cutBatch(this.#waiting, batchSize);
      if (isFull || (count > 0 && isDue)) {
        await this.#deliver(this.#waiting.splice(0, count));
        windowStartMs = clock.now();
        continue;
      }
      if (isDue) windowStartMs = clock.now();
      const wakeMs = count > 0 ? Math.min(this.#nextPollMs, windowEndMs) : this.#nextPollMs;
      await clock.sleep(wakeMs - clock.now());
      if (clock.now() >= this.#nextPollMs) await this.#poll();
    }
  }

  async #openIterator(): Promise<string> {
    const { mapping, shardId } = this.#parts;
    const answer = await this.#call('GetShardIterator', {
      StreamARN: mapping.props.eventSourceArn,
      ShardId: shardId,
      ...(this.#sequenceNumber === undefined
        ? { ShardIteratorType: mapping.props.startingPosition }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: this.#sequenceNumber }),
    });
    return iteratorSchema.parse(answer).ShardIterator;
  }

  async #poll(): Promise<void> {
    const { clock } = this.#parts.world;
    const behindMs = await this.#read();
    const nowMs = clock.now();
    // Polls that a long invocation kept from happening are not made up for.
    while (this.#nextPollMs <= nowMs) this.#nextPollMs += POLL_INTERVAL_MS;
    if (behindMs > 0) this.#nextPollMs = Math.min(this.#nextPollMs, nowMs + CATCH_UP_INTERVAL_MS);
  }

  /** How far behind the end of the shard this is now, milliseconds; 0 when the shard's readers have had their share. */
  async #read(): Promise<number> {
    try {
      const answer = await this.#call('GetRecords', {
        StreamARN: this.#parts.mapping.props.eventSourceArn,
        ShardIterator: this.#iterator,
        Limit: RECORDS_MAX,
      });
      const { Records, NextShardIterator, MillisBehindLatest } = recordsSchema.parse(answer);
      this.#iterator = NextShardIterator;
      for (const record of Records) this.#waiting.push(this.#createWaiting(record));
      this.#sequenceNumber = Records.at(-1)?.SequenceNumber ?? this.#sequenceNumber;
      if (Records.length > 0) this.#isFresh = true;
      return MillisBehindLatest;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // An invocation took longer than an iterator is good for.
      if (error.code === 'ExpiredIteratorException') this.#iterator = await this.#openIterator();
      // A stream that is gone stays gone; its mapping goes on asking for it.
      else if (!['ProvisionedThroughputExceededException', 'ResourceNotFoundException'].includes(error.code))
        throw error;
      return 0;
    }
  }

  #call(operation: string, input: object): Promise<unknown> {
    const { world, mapping } = this.#parts;
    return world.gateway.call({ service: 'kinesis', operation, caller: mapping.caller, input });
  }

  #createWaiting(record: z.output<typeof recordSchema>): WaitingRecord {
    const { world, mapping, shardId } = this.#parts;
    const item = createBatchItem({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: record.PartitionKey,
        sequenceNumber: record.SequenceNumber,
        data: record.Data,
        approximateArrivalTimestamp: record.ApproximateArrivalTimestamp,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shardId}:${record.SequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: mapping.target.props.roleArn,
      awsRegion: world.region,
      eventSourceARN: mapping.props.eventSourceArn,
    });
    return { ...item, sequenceNumber: record.SequenceNumber };
  }

  /** The shard waits for its batch: a failed one is tried again until it succeeds or has been tried often enough. */
  async #deliver(batch: readonly WaitingRecord[]): Promise<void> {
    const { clock, sampleLatencyMs } = this.#parts.world;
    let pending = batch;
    let delayMs = RETRY_DELAY_MS_MIN;
    // What one poll brought takes the way from the stream once; further batches of it are at hand already.
    await clock.sleep(sampleLatencyMs(this.#isFresh ? 'hop.kinesis-to-lambda' : 'api.lambda.Invoke'));
    this.#isFresh = false;
    for (let retries = 0; ; ) {
      const outcome = await this.#invoke(pending);
      if (outcome) {
        pending = this.#findUnhandled(pending, outcome);
        const { maximumRetryAttempts = RETRY_FOR_EVER } = this.#parts.mapping.settings;
        // A throttle does not count as an attempt.
        if (pending.length === 0 || (maximumRetryAttempts >= 0 && retries++ >= maximumRetryAttempts)) return;
      }
      await clock.sleep(delayMs);
      delayMs = Math.min(RETRY_DELAY_MS_MAX, delayMs * 2);
    }
  }

  /**
   * The lowest failed sequence number is the checkpoint: everything from there on is tried again.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
   */
  #findUnhandled(pending: readonly WaitingRecord[], { failed, payload }: InvocationOutcome): readonly WaitingRecord[] {
    if (failed) return pending;
    if (!this.#parts.mapping.settings.reportBatchItemFailures) return [];
    const sequenceNumbers = pending.map(({ sequenceNumber }) => sequenceNumber);
    const failures = parseFailedItems(payload, sequenceNumbers);
    const first = sequenceNumbers.findIndex((sequenceNumber) => failures.has(sequenceNumber));
    return first < 0 ? [] : pending.slice(first);
  }

  /** Nothing when the function is throttled. */
  async #invoke(records: readonly WaitingRecord[]): Promise<InvocationOutcome | undefined> {
    const { lambda, mapping } = this.#parts;
    try {
      return await lambda.runOnce(mapping.target, lambda.createRequestId(), renderEvent(records));
    } catch (error) {
      if (error instanceof AwsError && error.code === 'TooManyRequestsException') return undefined;
      throw error;
    }
  }
}
