// One of a queue's pollers: fills a batch of its own, has the function called with it, deletes what succeeded.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html and services-sqs-errorhandling.html

import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { InvocationOutcome } from '../invocation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { type BatchItem, createBatchItem, cutBatch, renderEvent } from './batch.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { countEvents } from './mapping-metrics.ts';
import { parseFailedItems } from './partial-response.ts';
import { type Message, receiveSchema, renderSqsRecord } from './sqs-record.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const RECEIVE_MESSAGES_MAX = 10;
const LONG_POLL_SECONDS = 20;
/** A receive that comes back within this waited for nothing: there is a backlog. */
const BUSY_RECEIVE_MS = 100;
/** Errors of the queue that only time changes, and how long it is given. */
const PAUSES_MS: Readonly<Record<string, number>> = {
  /** Too many of its messages are in flight. */
  OverLimit: 1000,
  /** A FIFO queue has had its calls of this second. */
  RequestThrottled: 1000,
  /** Deleted, and perhaps made again. */
  QueueDoesNotExist: 60_000,
};
/** How often a deletion is tried; then the messages come back. Assumed. */
const DELETE_ATTEMPTS_MAX = 5;
const THROTTLE_DELAY_MS_MIN = 1000;
const THROTTLE_DELAY_MS_MAX = 10_000;

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
  /** The queue's own, as it was when polling began. */
  readonly visibilityTimeoutMs: () => Promise<number>;
}

/** What a poller came upon since it was last asked. */
export interface PollerReview {
  /**
   * Whether every receive found messages waiting. Where there was none, as an invocation took all the time, it is what it
   * was: that says nothing about the queue.
   */
  readonly isBusy: boolean;
  /** Whether an invocation failed in a way that Lambda backs off from. */
  readonly hasFailed: boolean;
}

export class SqsPoller {
  readonly #parts: SqsPollerParts;
  /** Received and not yet handed over, in order. */
  #held: HeldMessage[] = [];
  /** Windows follow one another from the end of the last invocation on. */
  #windowStartMs: number;
  #isStopped = false;
  readonly #ended = Promise.withResolvers<void>();
  readonly #receives = { count: 0, waited: 0 };
  #wasBusy = false;
  #hasFailed = false;

  constructor(parts: SqsPollerParts) {
    this.#parts = parts;
    this.#windowStartMs = parts.world.clock.now();
  }

  /** Takes no more messages, and hands over what it holds; resolves when that is done. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.#ended.promise;
  }

  /** Counts anew from then on. */
  takeReview(): PollerReview {
    const { count, waited } = this.#receives;
    if (count > 0) this.#wasBusy = waited === 0;
    const review = { isBusy: this.#wasBusy, hasFailed: this.#hasFailed };
    Object.assign(this.#receives, { count: 0, waited: 0 });
    this.#hasFailed = false;
    return review;
  }

  /**
   * Looks at its window only between receives, and each receive is a long poll: a window that ends during one that finds
   * nothing is noticed when that comes back. So Lambda "might wait for up to 20 seconds" at low traffic, even if the window is
   * shorter: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
   */
  async run(): Promise<void> {
    const { clock } = this.#parts.world;
    try {
      while (!this.#isStopped || this.#held.length > 0) {
        const { batchSize, windowSeconds } = this.#parts.mapping.settings;
        const { count, isFull } = cutBatch(this.#held, batchSize);
        const isDue = clock.now() >= this.#windowStartMs + windowSeconds * 1000;
        if (count > 0 && (isFull || isDue || this.#isStopped)) {
          await this.#deliver(this.#held.splice(0, count));
        } else {
          await this.#receive(batchSize - count);
          if (count === 0) this.#startWindow();
        }
      }
    } finally {
      this.#ended.resolve();
    }
  }

  /** The window that is under way when the first message comes; those before it passed empty. */
  #startWindow(): void {
    const windowMs = this.#parts.mapping.settings.windowSeconds * 1000;
    const nowMs = this.#parts.world.clock.now();
    if (windowMs === 0) this.#windowStartMs = nowMs;
    else this.#windowStartMs += Math.floor((nowMs - this.#windowStartMs) / windowMs) * windowMs;
  }

  async #receive(room: number): Promise<void> {
    const { world, mapping } = this.#parts;
    const startedMs = world.clock.now();
    const messages = await this.#callReceive(Math.min(RECEIVE_MESSAGES_MAX, room));
    const receivedMs = world.clock.now();
    this.#held.push(...messages.map((message) => this.#hold(message, receivedMs)));
    countEvents(world, mapping, 'PolledEventCount', messages.length);
    this.#receives.count++;
    if (messages.length === 0 || receivedMs - startedMs > BUSY_RECEIVE_MS) this.#receives.waited++;
  }

  async #callReceive(messagesMax: number): Promise<readonly Message[]> {
    const { world, mapping, queueUrl } = this.#parts;
    try {
      const answer = await world.gateway.call({
        service: 'sqs',
        operation: 'ReceiveMessage',
        caller: mapping.caller,
        input: {
          QueueUrl: queueUrl,
          MaxNumberOfMessages: messagesMax,
          WaitTimeSeconds: LONG_POLL_SECONDS,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        },
      });
      return receiveSchema.parse(answer).Messages;
    } catch (error) {
      const pauseMs = error instanceof AwsError ? PAUSES_MS[error.code] : undefined;
      if (pauseMs === undefined) throw error;
      await world.clock.sleep(pauseMs);
      return [];
    }
  }

  #hold(message: Message, receivedMs: number): HeldMessage {
    const { world, mapping } = this.#parts;
    const record = renderSqsRecord(message, { arn: mapping.props.eventSourceArn, region: world.region });
    const { MessageId: messageId, ReceiptHandle: receiptHandle } = message;
    return { ...createBatchItem(record), messageId, receiptHandle, receivedMs };
  }

  async #deliver(batch: readonly HeldMessage[]): Promise<void> {
    const { world, mapping } = this.#parts;
    await world.clock.sleep(world.sampleLatencyMs('hop.sqs-to-lambda'));
    const outcome = await this.#invoke(batch);
    this.#windowStartMs = world.clock.now();
    // What failed is left to its visibility timeout: the queue hands it out again.
    if (!outcome || outcome.failed) {
      // With partial answers, Lambda goes on polling as much as before:
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
      if (!mapping.settings.reportBatchItemFailures) this.#hasFailed = true;
      return;
    }
    const failed = this.#findFailed(batch, outcome);
    countEvents(world, mapping, 'FailedInvokeEventCount', failed.size);
    await this.#deleteMessages(batch.filter(({ messageId }) => !failed.has(messageId)));
  }

  #findFailed(batch: readonly HeldMessage[], { payload }: InvocationOutcome): ReadonlySet<string> {
    if (!this.#parts.mapping.settings.reportBatchItemFailures) return new Set();
    return parseFailedItems(
      payload,
      batch.map(({ messageId }) => messageId),
    );
  }

  /** Tries again while the function is throttled, but not once the messages are visible to others again. */
  async #invoke(batch: readonly HeldMessage[]): Promise<InvocationOutcome | undefined> {
    const { world, lambda, mapping, visibilityTimeoutMs } = this.#parts;
    const payload = renderEvent(batch);
    const visibleMs = (batch[0]?.receivedMs ?? world.clock.now()) + (await visibilityTimeoutMs());
    let delayMs = THROTTLE_DELAY_MS_MIN;
    while (world.clock.now() < visibleMs) {
      try {
        const outcome = await lambda.runOnce(mapping.target, lambda.createRequestId(), payload);
        countEvents(world, mapping, 'InvokedEventCount', batch.length);
        if (outcome.failed) countEvents(world, mapping, 'FailedInvokeEventCount', batch.length);
        return outcome;
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'TooManyRequestsException') throw error;
        countEvents(world, mapping, 'FailedInvokeEventCount', batch.length);
        this.#hasFailed = true;
        await world.clock.sleep(delayMs);
        delayMs = Math.min(THROTTLE_DELAY_MS_MAX, delayMs * 2);
      }
    }
    return undefined;
  }

  async #deleteMessages(messages: readonly HeldMessage[]): Promise<void> {
    const { world, mapping } = this.#parts;
    const calls: Promise<void>[] = [];
    for (let start = 0; start < messages.length; start += RECEIVE_MESSAGES_MAX) {
      calls.push(this.#callDelete(messages.slice(start, start + RECEIVE_MESSAGES_MAX)));
    }
    await Promise.all(calls);
    countEvents(world, mapping, 'DeletedEventCount', messages.length);
  }

  async #callDelete(messages: readonly HeldMessage[]): Promise<void> {
    const { world, mapping, queueUrl } = this.#parts;
    const Entries = messages.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
    for (let attempt = 1; attempt <= DELETE_ATTEMPTS_MAX; attempt++) {
      try {
        await world.gateway.call({
          service: 'sqs',
          operation: 'DeleteMessageBatch',
          caller: mapping.caller,
          input: { QueueUrl: queueUrl, Entries },
        });
        return;
      } catch (error) {
        const code = error instanceof AwsError ? error.code : undefined;
        // With the queue, its messages are gone.
        if (code === 'QueueDoesNotExist') return;
        if (code !== 'RequestThrottled') throw error;
        await world.clock.sleep(PAUSES_MS[code] ?? 0);
      }
    }
  }
}
