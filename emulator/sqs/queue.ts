// One queue, standard or FIFO. No operation's cost grows with the queue's depth.

import type { Clock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import { Deduplication } from './deduplication.ts';
import { type CountedAction, FifoThroughput } from './fifo-throughput.ts';
import type { QueueSettings } from './queue-settings.ts';
import { type DeadLetter, IN_FLIGHT_MAX, QueuedMessages } from './queued-messages.ts';
import { parseReceiptHandle, renderReceiptHandle } from './receipt-handle.ts';
import { ReceiveAttempts } from './receive-attempts.ts';
import { createInvalidValue } from './sqs-errors.ts';
import type { MessageContent, Receipts, StoredMessage } from './stored-message.ts';
import { VISIBILITY_TIMEOUT_MS_MAX } from './visibility-timeout.ts';
import { Waiters } from './waiters.ts';

export interface QueueParts {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly settings: QueueSettings;
  readonly clock: Clock;
  readonly random: Random;
  findQueueByArn(arn: string): Queue | undefined;
}

export interface SentMessage {
  readonly messageId: string;
  /** Of the queue's messages, in the order of sending. */
  readonly number: number;
  /** The message is not kept: its like was sent before, and this is what that was answered with. */
  readonly isDuplicate: boolean;
}

export interface ReceivedMessage {
  readonly message: StoredMessage;
  readonly receiptHandle: string;
  /** As they were at this receipt. */
  readonly receipts: Readonly<Receipts>;
}

export interface ReceiveOptions {
  readonly messagesMax: number;
  /** 0 asks once, without waiting. */
  readonly waitMs: number;
  readonly visibilityTimeoutMs: number;
  /** FIFO: a receive with the same one, within five minutes, brings the same messages. */
  readonly attemptId?: string | undefined;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
const PURGE_INTERVAL_MS = 60_000;

export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  /** Epoch milliseconds. */
  readonly createdMs: number;
  #changedMs: number;
  #settings: QueueSettings;
  readonly #parts: QueueParts;
  readonly #messages: QueuedMessages;
  readonly #waiters: Waiters<ReceiveOptions, ReceivedMessage>;
  readonly #deduplication: Deduplication;
  readonly #attempts: ReceiveAttempts;
  readonly #throughput: FifoThroughput;
  #purgedMs = Number.NEGATIVE_INFINITY;

  constructor(parts: QueueParts) {
    const { clock } = parts;
    this.#parts = parts;
    this.name = parts.name;
    this.arn = parts.arn;
    this.isFifo = parts.isFifo;
    this.#settings = parts.settings;
    this.createdMs = clock.now();
    this.#changedMs = clock.now();
    this.#waiters = new Waiters(clock, parts.random);
    this.#deduplication = new Deduplication(clock);
    this.#attempts = new ReceiveAttempts(clock);
    this.#throughput = new FifoThroughput(clock);
    this.#messages = new QueuedMessages({
      clock,
      isFifo: parts.isFifo,
      settings: () => this.#settings,
      onReady: () => this.#serveWaiters(),
      giveUp: (message) => this.#giveUp(message),
    });
  }

  get settings(): QueueSettings {
    return this.#settings;
  }

  /** When its settings last became others: epoch milliseconds. */
  get changedMs(): number {
    return this.#changedMs;
  }

  get visibleCount(): number {
    this.#messages.expire();
    return this.#messages.visibleCount;
  }

  get inFlightCount(): number {
    this.#messages.expire();
    return this.#messages.inFlightCount;
  }

  get delayedCount(): number {
    this.#messages.expire();
    return this.#messages.delayedCount;
  }

  /** From now on. The delay of a FIFO queue holds for messages too that are delayed already. */
  changeSettings(settings: QueueSettings): void {
    const isDelayOther = settings.delayMs !== this.#settings.delayMs;
    this.#settings = settings;
    this.#changedMs = this.#parts.clock.now();
    if (this.isFifo && isDelayOther) this.#messages.delayAnew(settings.delayMs);
  }

  /**
   * To be said of each call before it is handled.
   * @throws {AwsError} `RequestThrottled` when a FIFO queue had too many in this second.
   */
  countCall(action: CountedAction, groupIds?: readonly string[]): void {
    if (this.isFifo) this.#throughput.count(this.#settings.throughputLimit, action, groupIds);
  }

  /** `delayMs` is the queue's own unless given. */
  send(content: MessageContent, delayMs = this.#settings.delayMs): SentMessage {
    const { deduplicationScope } = this.#settings;
    this.#messages.expire();
    const original = this.isFifo ? this.#deduplication.find(content, deduplicationScope) : undefined;
    if (original) return { ...original, isDuplicate: true };
    const messageId = this.#parts.random.uuid();
    const { number } = this.#messages.add(content, messageId, delayMs);
    if (this.isFifo) this.#deduplication.remember(content, { messageId, number }, deduplicationScope);
    this.#serveWaiters();
    return { messageId, number, isDuplicate: false };
  }

  /**
   * Resolves at once when there are messages, else when one comes; empty when none came in time.
   * @throws {AwsError} `OverLimit` when too many messages are in flight: a receiver that waits, or that asks a FIFO queue,
   * gets none then. `QueueDoesNotExist` when the queue is removed while the receiver waits.
   */
  async receive(options: ReceiveOptions): Promise<readonly ReceivedMessage[]> {
    this.#messages.expire();
    const again = this.#attempts.find(options.attemptId);
    const received = again ? this.#receiveAgain(again, options) : this.#take(options);
    if (received.length > 0) return received;
    if (options.waitMs > 0) return this.#waiters.wait(options);
    if (!this.isFifo && this.#messages.visibleCount > 0 && this.#messages.inFlightCount >= IN_FLIGHT_MAX) {
      throw new AwsError('OverLimit', `Too many messages in flight in queue ${this.name}: at most ${IN_FLIGHT_MAX}.`, {
        status: 403,
      });
    }
    return [];
  }

  /**
   * Deletes the message if the handle is its latest, whether or not its visibility timeout has ended. With an older one the
   * call succeeds and the message stays: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
   * A FIFO queue takes the handle of a message in flight only.
   * @throws {AwsError} `ReceiptHandleIsInvalid`, `InvalidParameterValueException`.
   */
  delete(receiptHandle: string): void {
    const { message, isLatest } = this.#findByHandle(receiptHandle);
    if (!message) return;
    if (this.isFifo && !(isLatest && message.state === 'in-flight')) {
      throw createInvalidValue(receiptHandle, 'ReceiptHandle', 'The receipt handle has expired.');
    }
    if (!isLatest) return;
    this.#messages.remove(message);
    this.#serveWaiters();
  }

  /**
   * Counts the message's visibility timeout anew, from now; 0 makes it visible at once.
   * @throws {AwsError} `ReceiptHandleIsInvalid`, `InvalidParameterValueException`, `MessageNotInflight`.
   */
  changeVisibility(receiptHandle: string, visibilityTimeoutMs: number): void {
    const { message, isLatest } = this.#findByHandle(receiptHandle);
    if (!message?.receipts || !isLatest) {
      const reason = 'Message does not exist or is not available for visibility timeout change.';
      throw createInvalidValue(receiptHandle, 'ReceiptHandle', reason);
    }
    if (message.state !== 'in-flight') {
      throw new AwsError('MessageNotInflight', "The specified message isn't in flight.");
    }
    const endMs = this.#parts.clock.now() + visibilityTimeoutMs;
    if (endMs - message.receipts.lastMs > VISIBILITY_TIMEOUT_MS_MAX) {
      const reason = `Total VisibilityTimeout for the message is beyond the limit [${VISIBILITY_TIMEOUT_MS_MAX / 1000} seconds].`;
      throw createInvalidValue(visibilityTimeoutMs / 1000, 'VisibilityTimeout', reason);
    }
    this.#messages.hold(message, visibilityTimeoutMs);
    this.#serveWaiters();
  }

  /** @throws {AwsError} `PurgeQueueInProgress` within a minute of the last purge. */
  purge(): void {
    const nowMs = this.#parts.clock.now();
    if (nowMs - this.#purgedMs < PURGE_INTERVAL_MS) {
      throw new AwsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${this.name} is allowed every 60 seconds.`,
        { status: 403 },
      );
    }
    this.#purgedMs = nowMs;
    this.#messages.clear();
  }

  /** The end of the queue: whoever waits is told `QueueDoesNotExist`. */
  close(): void {
    this.#messages.clear();
    this.#waiters.close();
  }

  /** `message` is undefined when it is gone, `isLatest` false when it has been received again since. */
  #findByHandle(receiptHandle: string): { message: StoredMessage | undefined; isLatest: boolean } {
    const { messageId, messageNumber, receiptNumber } = parseReceiptHandle(this.name, receiptHandle);
    this.#messages.expire();
    const message = this.#messages.find(messageNumber);
    if (message?.messageId !== messageId) return { message: undefined, isLatest: false };
    return { message, isLatest: message.receipts?.number === receiptNumber };
  }

  #serveWaiters(): void {
    while (this.#waiters.count > 0 && this.#messages.isReady) {
      if (!this.#waiters.serveOne((options) => this.#take(options))) return;
    }
  }

  #take(options: ReceiveOptions): readonly ReceivedMessage[] {
    const taken = this.#messages.take(options.messagesMax, options.visibilityTimeoutMs);
    return this.#handOut(taken, options);
  }

  #receiveAgain(messages: readonly StoredMessage[], options: ReceiveOptions): readonly ReceivedMessage[] {
    for (const message of messages) this.#messages.hold(message, options.visibilityTimeoutMs);
    return this.#handOut(messages, options);
  }

  #handOut(
    messages: readonly StoredMessage[],
    { attemptId, visibilityTimeoutMs }: ReceiveOptions,
  ): readonly ReceivedMessage[] {
    this.#attempts.remember(attemptId, messages);
    const received = messages.flatMap((message) => {
      const { messageId, number, receipts } = message;
      if (!receipts) return [];
      const receipt = { messageId, messageNumber: number, receiptNumber: receipts.number };
      return [{ message, receipts: { ...receipts }, receiptHandle: renderReceiptHandle(this.name, receipt) }];
    });
    // A timeout of 0 shows them again at once, but not to this receive.
    if (visibilityTimeoutMs === 0) for (const { message } of received) this.#messages.hold(message, 0);
    return received;
  }

  /** "When the ReceiveCount for a message exceeds the maxReceiveCount": when it would at the receive that has come. */
  #giveUp(message: StoredMessage): boolean {
    const { redrivePolicy } = this.#settings;
    if (!redrivePolicy || !message.receipts || message.receipts.count < redrivePolicy.maxReceiveCount) return false;
    const target = this.#parts.findQueueByArn(redrivePolicy.deadLetterTargetArn);
    if (!target) return false;
    target.#takeOver(message, {
      sourceArn: this.arn,
      receipts: message.receipts,
      sentMs: this.isFifo ? undefined : message.sentMs,
    });
    return true;
  }

  #takeOver({ content, messageId }: StoredMessage, origin: DeadLetter): void {
    this.#messages.add(content, messageId, 0, origin);
    this.#serveWaiters();
  }
}
