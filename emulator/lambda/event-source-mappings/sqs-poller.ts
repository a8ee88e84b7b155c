// Polls a queue for a function: several pollers, each of which fills a batch of its own.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html and services-sqs-scaling.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { LambdaService } from '../lambda-service.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import { parseFailedItems } from './partial-response.ts';

const POLLERS_AT_START = 5;
const POLLERS_PER_MINUTE = 300;
const POLLERS_MAX = 1250;
const RECEIVE_MESSAGES_MAX = 10;
const LONG_POLL_SECONDS = 20;
const PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;
const MINUTE_MS = 60_000;
/** A receive that comes back within this waited for nothing. */
const BUSY_RECEIVE_MS = 100;
const THROTTLE_RETRY_MS = 1000;
const THROTTLE_RETRIES_MAX = 30;
/** The record around a message's body, in bytes of JSON. */
const ENVELOPE_BYTES = 700;

const messageSchema = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
});

const receiveSchema = z.object({ Messages: z.array(messageSchema).default([]) });

type Message = z.output<typeof messageSchema>;

interface PollerParts {
  readonly world: World;
  readonly lambda: LambdaService;
  readonly mapping: EventSourceMapping;
  readonly queueUrl: string;
}

export function startSqsPollers(world: World, lambda: LambdaService, mapping: EventSourceMapping): void {
  const queueName = mapping.props.eventSourceArn.split(':')[5] ?? '';
  const queueUrl = `https://sqs.${world.region}.emulator.invalid/${world.accountId}/${queueName}`;
  const parts: PollerParts = { world, lambda, mapping, queueUrl };
  const pollers: SqsPoller[] = [];
  const resize = (wanted: number) => {
    while (pollers.length < wanted) {
      const poller = new SqsPoller(parts);
      pollers.push(poller);
      world.clock.spawn(() => poller.run());
    }
    for (const poller of pollers.splice(wanted)) poller.stop();
  };
  resize(POLLERS_AT_START);
  const review = () => {
    const saturated = pollers.every((poller) => poller.takeSaturation());
    resize(saturated ? Math.min(POLLERS_MAX, pollers.length + POLLERS_PER_MINUTE) : POLLERS_AT_START);
    world.clock.after(MINUTE_MS, review);
  };
  world.clock.after(MINUTE_MS, review);
}

class SqsPoller {
  readonly #parts: PollerParts;
  #stopped = false;
  /** Whether every receive since the last review found messages waiting for it. */
  #saturated = true;

  constructor(parts: PollerParts) {
    this.#parts = parts;
  }

  stop(): void {
    this.#stopped = true;
  }

  takeSaturation(): boolean {
    const saturated = this.#saturated;
    this.#saturated = true;
    return saturated;
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      const batch = await this.#fillBatch();
      if (batch.length > 0) await this.#deliver(batch);
    }
  }

  /** Until the batch is full, its window has ended or it weighs 6 MB. A window begins when the last invocation ended. */
  async #fillBatch(): Promise<Message[]> {
    const { clock } = this.#parts.world;
    const { batchSize, windowSeconds } = this.#parts.mapping.settings;
    const windowEndMs = clock.now() + windowSeconds * 1000;
    const batch: Message[] = [];
    let bytes = 0;
    while (batch.length < batchSize && bytes < PAYLOAD_BYTES_MAX) {
      const leftMs = windowSeconds > 0 ? windowEndMs - clock.now() : LONG_POLL_SECONDS * 1000;
      if (leftMs <= 0) break;
      const waitSeconds = Math.min(LONG_POLL_SECONDS, Math.floor(leftMs / 1000));
      const room = Math.min(RECEIVE_MESSAGES_MAX, batchSize - batch.length);
      const received = await this.#receive(room, waitSeconds);
      batch.push(...received);
      bytes += received.reduce((sum, { Body }) => sum + Buffer.byteLength(Body) + ENVELOPE_BYTES, 0);
      if (windowSeconds === 0) break;
      if (received.length === 0 && waitSeconds === 0) await clock.sleep(Math.max(0, windowEndMs - clock.now()));
    }
    return batch;
  }

  async #receive(messagesMax: number, waitSeconds: number): Promise<Message[]> {
    const { world, mapping, queueUrl } = this.#parts;
    const startedMs = world.clock.now();
    const answer = await world.gateway.call({
      service: 'sqs',
      operation: 'ReceiveMessage',
      caller: mapping.caller,
      input: {
        QueueUrl: queueUrl,
        MaxNumberOfMessages: messagesMax,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
      },
    });
    const { Messages } = receiveSchema.parse(answer);
    if (Messages.length === 0 || world.clock.now() - startedMs > BUSY_RECEIVE_MS) this.#saturated = false;
    return Messages;
  }

  async #deliver(batch: readonly Message[]): Promise<void> {
    const { world, mapping } = this.#parts;
    await world.clock.sleep(world.sampleLatencyMs('hop.sqs-to-lambda'));
    const outcome = await this.#invoke(Buffer.from(JSON.stringify(this.#createEvent(batch))));
    // Left to its visibility timeout: the queue hands it out again.
    if (!outcome || outcome.failed) return;
    const failed = mapping.props.reportBatchItemFailures
      ? parseFailedItems(
          outcome.payload,
          batch.map(({ MessageId }) => MessageId),
        )
      : new Set();
    await this.#deleteMessages(batch.filter(({ MessageId }) => !failed.has(MessageId)));
  }

  async #invoke(payload: Buffer): Promise<{ failed: boolean; payload: Buffer } | undefined> {
    const { world, lambda, mapping } = this.#parts;
    for (let attempt = 0; attempt < THROTTLE_RETRIES_MAX; attempt++) {
      try {
        return await lambda.runOnce(mapping.target, lambda.createRequestId(), payload);
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'TooManyRequestsException') throw error;
        await world.clock.sleep(THROTTLE_RETRY_MS);
      }
    }
    return undefined;
  }

  async #deleteMessages(messages: readonly Message[]): Promise<void> {
    const { world, mapping, queueUrl } = this.#parts;
    const calls: Promise<unknown>[] = [];
    for (let start = 0; start < messages.length; start += RECEIVE_MESSAGES_MAX) {
      const entries = messages.slice(start, start + RECEIVE_MESSAGES_MAX);
      calls.push(
        world.gateway.call({
          service: 'sqs',
          operation: 'DeleteMessageBatch',
          caller: mapping.caller,
          input: {
            QueueUrl: queueUrl,
            Entries: entries.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
          },
        }),
      );
    }
    await Promise.all(calls);
  }

  #createEvent(batch: readonly Message[]): object {
    const { world, mapping } = this.#parts;
    return {
      Records: batch.map(({ MessageId, ReceiptHandle, Body, MD5OfBody, Attributes }) => ({
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: Attributes,
        messageAttributes: {},
        md5OfMessageAttributes: null,
        md5OfBody: MD5OfBody,
        eventSource: 'aws:sqs',
        eventSourceARN: mapping.props.eventSourceArn,
        awsRegion: world.region,
      })),
    };
  }
}
