// Polls a stream's shards for a function: each shard once a second, one batch of a shard at a time.
// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { InvocationOutcome } from '../lambda-function.ts';
import type { LambdaService } from '../lambda-service.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import { parseFailedItems } from './partial-response.ts';

const POLL_INTERVAL_MS = 1000;
const RECORDS_MAX = 10_000;
const PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;
/** The record around a message's data, in bytes of JSON. */
const ENVELOPE_BYTES = 600;
const RETRY_DELAY_MS_MIN = 1000;
const RETRY_DELAY_MS_MAX = 60_000;

const recordSchema = z.object({
  SequenceNumber: z.string(),
  PartitionKey: z.string(),
  Data: z.string(),
  ApproximateArrivalTimestamp: z.number(),
});
const recordsSchema = z.object({ Records: z.array(recordSchema), NextShardIterator: z.string() });
const shardsSchema = z.object({ Shards: z.array(z.object({ ShardId: z.string() })) });
const iteratorSchema = z.object({ ShardIterator: z.string() });

type StreamRecord = z.output<typeof recordSchema>;

export function startKinesisPollers(world: World, lambda: LambdaService, mapping: EventSourceMapping): void {
  const random = world.random(`lambda/kinesis-pollers/${mapping.uuid}`);
  world.clock.spawn(async () => {
    const answer = await world.gateway.call({
      service: 'kinesis',
      operation: 'ListShards',
      caller: mapping.caller,
      input: { StreamARN: mapping.props.eventSourceArn },
    });
    for (const { ShardId } of shardsSchema.parse(answer).Shards) {
      const phaseMs = random.next() * POLL_INTERVAL_MS;
      const poller = new ShardPoller(world, lambda, mapping, ShardId);
      world.clock.spawn(() => poller.run(world.clock.now() + phaseMs));
    }
  });
}

class ShardPoller {
  readonly #world: World;
  readonly #lambda: LambdaService;
  readonly #mapping: EventSourceMapping;
  readonly #shardId: string;
  /** Read from the shard and not yet handled, in order. */
  #waiting: StreamRecord[] = [];
  #iterator = '';
  /** Whether a poll has brought records since the last invocation. */
  #isFresh = false;

  constructor(world: World, lambda: LambdaService, mapping: EventSourceMapping, shardId: string) {
    this.#world = world;
    this.#lambda = lambda;
    this.#mapping = mapping;
    this.#shardId = shardId;
  }

  async run(firstPollMs: number): Promise<never> {
    const { clock } = this.#world;
    this.#iterator = await this.#openIterator();
    let nextPollMs = firstPollMs;
    let windowStartMs = clock.now();
    for (;;) {
      const { batchSize, windowSeconds } = this.#mapping.settings;
      const windowEndMs = windowStartMs + windowSeconds * 1000;
      const isDue = windowSeconds === 0 || clock.now() >= windowEndMs;
      if (this.#waiting.length >= batchSize || (this.#waiting.length > 0 && isDue)) {
        await this.#deliver(this.#takeBatch(batchSize));
        windowStartMs = clock.now();
        continue;
      }
      if (isDue) windowStartMs = clock.now();
      const wakeMs = this.#waiting.length > 0 ? Math.min(nextPollMs, windowEndMs) : nextPollMs;
      await clock.sleep(wakeMs - clock.now());
      if (clock.now() < nextPollMs) continue;
      await this.#poll();
      // Polls that a long invocation kept from happening are not made up for.
      while (nextPollMs <= clock.now()) nextPollMs += POLL_INTERVAL_MS;
    }
  }

  async #openIterator(): Promise<string> {
    const answer = await this.#call('GetShardIterator', {
      StreamARN: this.#mapping.props.eventSourceArn,
      ShardId: this.#shardId,
      ShardIteratorType: this.#mapping.props.startingPosition ?? 'TRIM_HORIZON',
    });
    return iteratorSchema.parse(answer).ShardIterator;
  }

  async #poll(): Promise<void> {
    const answer = await this.#call('GetRecords', {
      StreamARN: this.#mapping.props.eventSourceArn,
      ShardIterator: this.#iterator,
      Limit: RECORDS_MAX,
    });
    const { Records, NextShardIterator } = recordsSchema.parse(answer);
    this.#iterator = NextShardIterator;
    this.#waiting.push(...Records);
    if (Records.length > 0) this.#isFresh = true;
  }

  #call(operation: string, input: object): Promise<unknown> {
    return this.#world.gateway.call({ service: 'kinesis', operation, caller: this.#mapping.caller, input });
  }

  #takeBatch(batchSize: number): StreamRecord[] {
    let bytes = 0;
    let count = 0;
    for (const { Data } of this.#waiting) {
      bytes += Data.length + ENVELOPE_BYTES;
      if (count === batchSize || (count > 0 && bytes > PAYLOAD_BYTES_MAX)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  /** The shard waits for its batch: a failed one is tried again until it succeeds or has been tried often enough. */
  async #deliver(batch: readonly StreamRecord[]): Promise<void> {
    const { clock, sampleLatencyMs } = this.#world;
    const { maximumRetryAttempts = -1, reportBatchItemFailures } = this.#mapping.props;
    let pending = batch;
    let delayMs = RETRY_DELAY_MS_MIN;
    // What one poll brought takes the way from the stream once; further batches of it are at hand already.
    await clock.sleep(sampleLatencyMs(this.#isFresh ? 'hop.kinesis-to-lambda' : 'api.lambda.Invoke'));
    this.#isFresh = false;
    for (let retries = 0; ; ) {
      const outcome = await this.#invoke(pending);
      if (outcome && !outcome.failed) {
        const failed = reportBatchItemFailures
          ? parseFailedItems(
              outcome.payload,
              pending.map(({ SequenceNumber }) => SequenceNumber),
            )
          : new Set<string>();
        // The lowest failed sequence number is the checkpoint: everything from there on is tried again.
        const first = pending.findIndex(({ SequenceNumber }) => failed.has(SequenceNumber));
        if (first < 0) return;
        pending = pending.slice(first);
      }
      // Throttles do not count as attempts.
      if (outcome && maximumRetryAttempts >= 0 && retries++ >= maximumRetryAttempts) return;
      await clock.sleep(delayMs);
      delayMs = Math.min(RETRY_DELAY_MS_MAX, delayMs * 2);
    }
  }

  async #invoke(records: readonly StreamRecord[]): Promise<InvocationOutcome | undefined> {
    const payload = Buffer.from(JSON.stringify(this.#createEvent(records)));
    try {
      return await this.#lambda.runOnce(this.#mapping.target, this.#lambda.createRequestId(), payload);
    } catch (error) {
      if (error instanceof AwsError && error.code === 'TooManyRequestsException') return undefined;
      throw error;
    }
  }

  #createEvent(records: readonly StreamRecord[]): object {
    const { props, target } = this.#mapping;
    return {
      Records: records.map(({ SequenceNumber, PartitionKey, Data, ApproximateArrivalTimestamp }) => ({
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: PartitionKey,
          sequenceNumber: SequenceNumber,
          data: Data,
          approximateArrivalTimestamp: ApproximateArrivalTimestamp,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: `${this.#shardId}:${SequenceNumber}`,
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: target.props.roleArn,
        awsRegion: this.#world.region,
        eventSourceARN: props.eventSourceArn,
      })),
    };
  }
}
