// One standard queue. No operation's cost grows with the queue's depth.

import { createHash } from 'node:crypto';
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';

export interface QueueProps {
  readonly name: string;
  readonly visibilityTimeoutSeconds: number;
}

export interface StoredMessage {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly sentMs: number;
  receiveCount: number;
  firstReceivedMs: number | undefined;
}

export interface ReceivedMessage {
  readonly message: StoredMessage;
  readonly receiptHandle: string;
}

interface InFlight {
  readonly message: StoredMessage;
  readonly expiry: Timer;
}

interface Waiter {
  readonly messagesMax: number;
  readonly visibilityTimeoutSeconds: number;
  readonly resolve: (received: ReceivedMessage[]) => void;
  readonly timer: Timer;
}

export class Queue {
  readonly props: QueueProps;
  readonly #clock: Clock;
  readonly #random: Random;
  /** In order of becoming visible. A Map, so that the first is found and removed in constant time. */
  readonly #visible = new Map<string, StoredMessage>();
  readonly #inFlight = new Map<string, InFlight>();
  readonly #waiters: Waiter[] = [];
  #receipts = 0;

  constructor(parts: { props: QueueProps; clock: Clock; random: Random }) {
    this.props = parts.props;
    this.#clock = parts.clock;
    this.#random = parts.random;
  }

  get visibleCount(): number {
    return this.#visible.size;
  }

  get inFlightCount(): number {
    return this.#inFlight.size;
  }

  send(body: string): StoredMessage {
    const message: StoredMessage = {
      messageId: this.#random.uuid(),
      body,
      md5OfBody: createHash('md5').update(body).digest('hex'),
      sentMs: Math.floor(this.#clock.now()),
      receiveCount: 0,
      firstReceivedMs: undefined,
    };
    this.#show(message);
    return message;
  }

  /** Resolves at once when there are messages, else after up to `waitSeconds`; empty when none came. */
  receive(options: {
    messagesMax: number;
    waitSeconds: number;
    visibilityTimeoutSeconds?: number | undefined;
  }): Promise<ReceivedMessage[]> {
    const { messagesMax, waitSeconds } = options;
    const visibilityTimeoutSeconds = options.visibilityTimeoutSeconds ?? this.props.visibilityTimeoutSeconds;
    if (this.#visible.size > 0 || waitSeconds === 0) {
      return Promise.resolve(this.#take(messagesMax, visibilityTimeoutSeconds));
    }
    return new Promise((resolve) => {
      const waiter: Waiter = {
        messagesMax,
        visibilityTimeoutSeconds,
        resolve,
        timer: this.#clock.after(waitSeconds * 1000, () => {
          this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
          resolve([]);
        }),
      };
      this.#waiters.push(waiter);
    });
  }

  /** Whether the handle was known: a message that is visible again or gone cannot be deleted by an old one. */
  delete(receiptHandle: string): boolean {
    const inFlight = this.#inFlight.get(receiptHandle);
    if (!inFlight) return false;
    inFlight.expiry.cancel();
    return this.#inFlight.delete(receiptHandle);
  }

  /** Whether the handle was known. */
  changeVisibility(receiptHandle: string, visibilityTimeoutSeconds: number): boolean {
    const inFlight = this.#inFlight.get(receiptHandle);
    if (!inFlight) return false;
    inFlight.expiry.cancel();
    this.#hide(receiptHandle, inFlight.message, visibilityTimeoutSeconds);
    return true;
  }

  purge(): void {
    this.#visible.clear();
    for (const { expiry } of this.#inFlight.values()) expiry.cancel();
    this.#inFlight.clear();
  }

  #show(message: StoredMessage): void {
    this.#visible.set(message.messageId, message);
    if (this.#waiters.length === 0) return;
    const [waiter] = this.#waiters.splice(this.#random.integer(this.#waiters.length), 1);
    if (!waiter) return;
    waiter.timer.cancel();
    waiter.resolve(this.#take(waiter.messagesMax, waiter.visibilityTimeoutSeconds));
  }

  #take(messagesMax: number, visibilityTimeoutSeconds: number): ReceivedMessage[] {
    const received: ReceivedMessage[] = [];
    for (const message of this.#visible.values()) {
      if (received.length === messagesMax) break;
      this.#visible.delete(message.messageId);
      message.receiveCount++;
      message.firstReceivedMs ??= Math.floor(this.#clock.now());
      const receiptHandle = Buffer.from(`${message.messageId}/${this.#receipts++}`).toString('base64');
      this.#hide(receiptHandle, message, visibilityTimeoutSeconds);
      received.push({ message, receiptHandle });
    }
    return received;
  }

  #hide(receiptHandle: string, message: StoredMessage, visibilityTimeoutSeconds: number): void {
    const expiry = this.#clock.after(visibilityTimeoutSeconds * 1000, () => {
      this.#inFlight.delete(receiptHandle);
      this.#show(message);
    });
    this.#inFlight.set(receiptHandle, { message, expiry });
  }
}
