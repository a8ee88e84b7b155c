// One standard queue. No operation's cost grows with the queue's depth.

import { createHash } from 'node:crypto';
import type { Clock, Timer } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import { MessageLine } from './message-line.ts';
import { parseReceiptHandle, renderReceiptHandle } from './receipt-handle.ts';

export interface QueueProps {
  readonly name: string;
  /** 0 to 43,200. */
  readonly visibilityTimeoutSeconds: number;
}

export interface SentMessage {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** Who sent it, as the `SenderId` attribute has it. */
  readonly senderId: string;
  /** Whole epoch milliseconds. */
  readonly sentMs: number;
}

export interface ReceivedMessage extends SentMessage {
  readonly receiptHandle: string;
  /** 1 for the first receipt. */
  readonly receiveCount: number;
  readonly firstReceivedMs: number;
}

interface StoredMessage {
  readonly sent: SentMessage;
  state: 'visible' | 'in-flight' | 'deleted';
  receiveCount: number;
  firstReceivedMs: number;
  lastReceivedMs: number;
  /** Number of the latest receipt: the only one that can delete the message. */
  receiptNumber: number;
  /** Makes it visible again. */
  expiry: Timer | undefined;
}

interface ReceiveOptions {
  readonly messagesMax: number;
  /** 0 asks once, without waiting. */
  readonly waitSeconds: number;
  readonly visibilityTimeoutSeconds: number;
}

interface Waiter {
  readonly options: ReceiveOptions;
  readonly resolve: (received: ReceivedMessage[]) => void;
  readonly timer: Timer;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const IN_FLIGHT_MAX = 120_000;
export const VISIBILITY_TIMEOUT_SECONDS_MAX = 43_200;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
const PURGE_INTERVAL_MS = 60_000;

export class Queue {
  readonly props: QueueProps;
  /** Epoch milliseconds. */
  readonly createdMs: number;
  readonly #clock: Clock;
  readonly #random: Random;
  /** All that are neither deleted nor purged, by id. */
  #messages = new Map<string, StoredMessage>();
  /** The visible ones, and among them deleted ones that nobody has come upon yet. */
  readonly #line = new MessageLine<StoredMessage>();
  readonly #waiters: Waiter[] = [];
  #visibleCount = 0;
  #inFlightCount = 0;
  #receipts = 0;
  #purgedMs = Number.NEGATIVE_INFINITY;

  constructor(parts: { props: QueueProps; clock: Clock; random: Random }) {
    this.props = parts.props;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.createdMs = parts.clock.now();
  }

  get visibleCount(): number {
    return this.#visibleCount;
  }

  get inFlightCount(): number {
    return this.#inFlightCount;
  }

  send(body: string, senderId: string): SentMessage {
    const sent: SentMessage = {
      messageId: this.#random.uuid(),
      body,
      md5OfBody: createHash('md5').update(body).digest('hex'),
      senderId,
      sentMs: Math.floor(this.#clock.now()),
    };
    const message: StoredMessage = {
      sent,
      state: 'visible',
      receiveCount: 0,
      firstReceivedMs: 0,
      lastReceivedMs: 0,
      receiptNumber: -1,
      expiry: undefined,
    };
    this.#messages.set(sent.messageId, message);
    this.#show(message);
    return sent;
  }

  /**
   * Resolves at once when there are messages, else when one comes; empty when none came in time.
   * @throws {AwsError} `OverLimit` when too many messages are in flight. A receiver that waits gets none then.
   */
  async receive(options: ReceiveOptions): Promise<ReceivedMessage[]> {
    const isOverLimit = this.#inFlightCount >= IN_FLIGHT_MAX;
    if (this.#visibleCount > 0 && !isOverLimit) return this.#take(options);
    if (options.waitSeconds > 0) return this.#wait(options);
    if (this.#visibleCount === 0) return [];
    throw new AwsError('OverLimit', 'The maximum number of in flight messages is reached.', { status: 403 });
  }

  /**
   * Deletes the message if the handle is its latest, whether or not its visibility timeout has ended. With an older one the
   * call succeeds and the message stays: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
   * @throws {AwsError} `ReceiptHandleIsInvalid`.
   */
  delete(receiptHandle: string): void {
    const message = this.#findByHandle(receiptHandle);
    if (!message) return;
    message.expiry?.cancel();
    if (message.state === 'in-flight') this.#inFlightCount--;
    else this.#visibleCount--;
    message.state = 'deleted';
    this.#messages.delete(message.sent.messageId);
    this.#serveWaiters();
  }

  /**
   * Counts the message's visibility timeout anew, from now; 0 makes it visible at once.
   * @throws {AwsError} `ReceiptHandleIsInvalid`, `InvalidParameterValue`, `MessageNotInflight`.
   */
  changeVisibility(receiptHandle: string, visibilityTimeoutSeconds: number): void {
    const message = this.#findByHandle(receiptHandle);
    if (!message) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      );
    }
    if (message.state !== 'in-flight') {
      throw new AwsError('MessageNotInflight', "The specified message isn't in flight.");
    }
    const endMs = this.#clock.now() + visibilityTimeoutSeconds * 1000;
    if (endMs - message.lastReceivedMs > VISIBILITY_TIMEOUT_SECONDS_MAX * 1000) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value ${visibilityTimeoutSeconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [${VISIBILITY_TIMEOUT_SECONDS_MAX} seconds].`,
      );
    }
    message.expiry?.cancel();
    if (visibilityTimeoutSeconds === 0) this.#reappear(message);
    else message.expiry = this.#clock.after(visibilityTimeoutSeconds * 1000, () => this.#reappear(message));
  }

  /** @throws {AwsError} `PurgeQueueInProgress` within a minute of the last purge. */
  purge(): void {
    const nowMs = this.#clock.now();
    if (nowMs - this.#purgedMs < PURGE_INTERVAL_MS) {
      throw new AwsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${this.props.name} is allowed every 60 seconds.`,
        { status: 403 },
      );
    }
    this.#purgedMs = nowMs;
    // What is in flight finds itself gone when its time has come.
    this.#messages = new Map();
    this.#line.clear();
    this.#visibleCount = 0;
    this.#inFlightCount = 0;
  }

  /** Undefined when the message is gone, or has been received again since. */
  #findByHandle(receiptHandle: string): StoredMessage | undefined {
    const { messageId, number } = parseReceiptHandle(this.props.name, receiptHandle);
    const message = this.#messages.get(messageId);
    return message?.receiptNumber === number ? message : undefined;
  }

  #wait(options: ReceiveOptions): Promise<ReceivedMessage[]> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        options,
        resolve,
        timer: this.#clock.after(options.waitSeconds * 1000, () => {
          this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
          resolve([]);
        }),
      };
      this.#waiters.push(waiter);
    });
  }

  #show(message: StoredMessage): void {
    message.state = 'visible';
    message.expiry = undefined;
    this.#visibleCount++;
    this.#line.add(message);
    this.#serveWaiters();
  }

  #reappear(message: StoredMessage): void {
    if (this.#messages.get(message.sent.messageId) !== message) return;
    this.#inFlightCount--;
    this.#show(message);
  }

  /** Any of those who wait may be the lucky one. */
  #serveWaiters(): void {
    while (this.#waiters.length > 0 && this.#visibleCount > 0 && this.#inFlightCount < IN_FLIGHT_MAX) {
      const [waiter] = this.#waiters.splice(this.#random.integer(this.#waiters.length), 1);
      if (!waiter) return;
      waiter.timer.cancel();
      waiter.resolve(this.#take(waiter.options));
    }
  }

  #take({ messagesMax, visibilityTimeoutSeconds }: ReceiveOptions): ReceivedMessage[] {
    const taken: StoredMessage[] = [];
    const wanted = Math.min(messagesMax, this.#visibleCount, IN_FLIGHT_MAX - this.#inFlightCount);
    while (taken.length < wanted) {
      const message = this.#line.takeFirst();
      if (!message) break;
      if (message.state === 'visible') taken.push(message);
    }
    return taken.map((message) => this.#handOut(message, visibilityTimeoutSeconds));
  }

  #handOut(message: StoredMessage, visibilityTimeoutSeconds: number): ReceivedMessage {
    const nowMs = Math.floor(this.#clock.now());
    if (message.receiveCount === 0) message.firstReceivedMs = nowMs;
    message.receiveCount++;
    message.lastReceivedMs = nowMs;
    message.receiptNumber = this.#receipts++;
    message.state = 'in-flight';
    this.#visibleCount--;
    this.#inFlightCount++;
    message.expiry = this.#clock.after(visibilityTimeoutSeconds * 1000, () => this.#reappear(message));
    const { sent, receiveCount, firstReceivedMs, receiptNumber } = message;
    const receipt = { messageId: sent.messageId, number: receiptNumber };
    return { ...sent, receiveCount, firstReceivedMs, receiptHandle: renderReceiptHandle(this.props.name, receipt) };
  }
}
