// One of a queue's pollers: fills a batch of its own, has the function called with it, deletes what succeeded.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html and services-sqs-errorhandling.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { InvocationOutcome } from '../invocation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { type BatchItem, createBatchItem, cutBatch, renderEvent } from './batch.ts';
import type { EventSourceMapping } from './event-source-mappings.ts';
import { parseFailedItems } from './partial-response.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const RECEIVE_MESSAGES_MAX = 10;
const LONG_POLL_SECONDS_MAX = 20;
/** A receive that comes back within this waited for nothing: there is a backlog. */
const BUSY_RECEIVE_MS = 100;
/** Kept free at the end of a window for the call itself, so that a long poll does not overrun it. */
const CALL_MS = 100;
const OVER_LIMIT_DELAY_MS = 1000;
const THROTTLE_DELAY_MS_MIN = 1000;
const THROTTLE_DELAY_MS_MAX = 10_000;

const messageSchema = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
});
type Message = z.output<typeof messageSchema>;

const receiveSchema = z.object({ Messages: z.array(messageSchema).default([]) });

interface HeldMessage extends BatchItem {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly receivedMs: number;
}

export interface SqsPollerParts {
  readonly world: World;
  readonly lambda: LambdaService;
  readonly mapping: EventSourceMapping;
  readonly queueUrl: string;
  /** The queue's own. */
  readonly visibilityTimeoutMs: Promise<number>;
}

export class SqsPoller {
  readonly #parts: SqsPollerParts;
  /** Received and not yet handed over, in order. */
  #held: HeldMessage[] = [];
  /** Windows follow one another from the end of the last invocation on. */
  #windowStartMs: number;
  #isStopped = false;
  readonly #receives = { count: 0, waited: 0 };
  #wasBusy = false;

  constructor(parts: SqsPollerParts) {
    this.#parts = parts;
    this.#windowStartMs = parts.world.clock.now();
  }

  /** Takes no more messages, and hands over what it holds. */
  stop(): void {
    this.#isStopped = true;
  }

  /**
   * Whether every receive since the last question found messages waiting. Where there was none, as an invocation took all the
   * time, it is what it was: that says nothing about the queue.
   */
  takeBusyness(): boolean {
    const { count, waited } = this.#receives;
    if (count > 0) this.#wasBusy = waited === 0;
    Object.assign(this.#receives, { count: 0, waited: 0 });
    return this.#wasBusy;
  }

  async run(): Promise<void> {
    const { clock } = this.#parts.world;
    while (!this.#isStopped || this.#held.length > 0) {
      const { batchSize, windowSeconds } = this.#parts.mapping.settings;
      const { count, isFull } = cutBatch(this.#held, batchSize);
      const leftMs = this.#windowStartMs + windowSeconds * 1000 - clock.now();
      if (count > 0 && (isFull || this.#isStopped || leftMs <= 0)) {
        await this.#deliver(this.#held.splice(0, count));
      } else if (count === 0) {
        await this.#receive(batchSize, LONG_POLL_SECONDS_MAX);
        this.#startWindow();
      } else {
        await this.#fill(batchSize - count, leftMs);
      }
    }
  }

  /** Until a message comes, or the batch's window has passed. */
  async #fill(room: number, leftMs: number): Promise<void> {
    const { clock } = this.#parts.world;
    const waitSeconds = Math.min(LONG_POLL_SECONDS_MAX, Math.max(0, Math.floor((leftMs - CALL_MS) / 1000)));
    const startedMs = clock.now();
    const received = await this.#receive(room, waitSeconds);
    // Too little is left for a long poll: one look, and the rest of the window is waited for.
    if (received === 0 && waitSeconds === 0) await clock.sleep(startedMs + leftMs - clock.now());
  }

  /** The window that is under way when the first message comes; those before it passed empty. */
  #startWindow(): void {
    const windowMs = this.#parts.mapping.settings.windowSeconds * 1000;
    const nowMs = this.#parts.world.clock.now();
    if (windowMs === 0) this.#windowStartMs = nowMs;
    else this.#windowStartMs += Math.floor((nowMs - this.#windowStartMs) / windowMs) * windowMs;
  }

  /** How many messages came. */
  async #receive(room: number, waitSeconds: number): Promise<number> {
    const { clock } = this.#parts.world;
    const startedMs = clock.now();
    const messages = await this.#callReceive(Math.min(RECEIVE_MESSAGES_MAX, room), waitSeconds);
    const receivedMs = clock.now();
    this.#held.push(...messages.map((message) => this.#hold(message, receivedMs)));
    this.#receives.count++;
    if (messages.length === 0 || receivedMs - startedMs > BUSY_RECEIVE_MS) this.#receives.waited++;
    return messages.length;
  }

  async #callReceive(messagesMax: number, waitSeconds: number): Promise<readonly Message[]> {
    const { world, mapping, queueUrl } = this.#parts;
    try {
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
      return receiveSchema.parse(answer).Messages;
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'OverLimit') throw error;
      // Too many of the queue's messages are in flight, which only time changes.
      await world.clock.sleep(OVER_LIMIT_DELAY_MS);
      return [];
    }
  }

  #hold(message: Message, receivedMs: number): HeldMessage {
    const { world, mapping } = this.#parts;
    const record = {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes,
      messageAttributes: {},
      md5OfMessageAttributes: null,
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: mapping.props.eventSourceArn,
      awsRegion: world.region,
    };
    const { MessageId: messageId, ReceiptHandle: receiptHandle } = message;
    return { ...createBatchItem(record), messageId, receiptHandle, receivedMs };
  }

  async #deliver(batch: readonly HeldMessage[]): Promise<void> {
    const { world, mapping } = this.#parts;
    await world.clock.sleep(world.sampleLatencyMs('hop.sqs-to-lambda'));
    const outcome = await this.#invoke(batch);
    this.#windowStartMs = world.clock.now();
    // What failed is left to its visibility timeout: the queue hands it out again.
    if (!outcome || outcome.failed) return;
    const failed: ReadonlySet<string> = mapping.settings.reportBatchItemFailures
      ? parseFailedItems(
          outcome.payload,
          batch.map(({ messageId }) => messageId),
        )
      : new Set();
    await this.#deleteMessages(batch.filter(({ messageId }) => !failed.has(messageId)));
  }

  /** Tries again while the function is throttled, but not once the messages are visible to others again. */
  async #invoke(batch: readonly HeldMessage[]): Promise<InvocationOutcome | undefined> {
    const { world, lambda, mapping, visibilityTimeoutMs } = this.#parts;
    const payload = renderEvent(batch);
    const visibleMs = (batch[0]?.receivedMs ?? world.clock.now()) + (await visibilityTimeoutMs);
    let delayMs = THROTTLE_DELAY_MS_MIN;
    while (world.clock.now() < visibleMs) {
      try {
        return await lambda.runOnce(mapping.target, lambda.createRequestId(), payload);
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'TooManyRequestsException') throw error;
        await world.clock.sleep(delayMs);
        delayMs = Math.min(THROTTLE_DELAY_MS_MAX, delayMs * 2);
      }
    }
    return undefined;
  }

  async #deleteMessages(messages: readonly HeldMessage[]): Promise<void> {
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
            Entries: entries.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
          },
        }),
      );
    }
    await Promise.all(calls);
  }
}
