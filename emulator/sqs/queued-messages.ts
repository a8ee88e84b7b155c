// What a queue holds, and the states that a message passes: delayed, visible, in flight, gone.

import type { Clock, Timer } from '../kernel/clock.ts';
import { DeadlineHeap } from './deadline-heap.ts';
import type { DeliveryOrder } from './delivery-order.ts';
import { FifoOrder } from './fifo-order.ts';
import { MessageStore } from './message-store.ts';
import type { QueueSettings } from './queue-settings.ts';
import { StandardOrder } from './standard-order.ts';
import type { MessageContent, Receipts, StoredMessage } from './stored-message.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const IN_FLIGHT_MAX = 120_000;

/** What a message brings along that another queue gave up. */
export interface DeadLetter {
  readonly sourceArn: string;
  readonly receipts: Receipts;
  /** Undefined when it counts as sent now. */
  readonly sentMs: number | undefined;
}

interface Parts {
  readonly clock: Clock;
  readonly isFifo: boolean;
  settings(): QueueSettings;
  /** Called when messages may have become ready by themselves. */
  onReady(): void;
  /** Moves the message to a dead-letter queue when it is due for it: says whether it was. */
  giveUp(message: StoredMessage): boolean;
}

export class QueuedMessages {
  readonly #parts: Parts;
  readonly #store = new MessageStore<StoredMessage>();
  readonly #order: DeliveryOrder;
  /** Of what is delayed or in flight: one timer, for the first of them, serves all. */
  readonly #deadlines = new DeadlineHeap<StoredMessage>();
  #wakeUp: { readonly timer: Timer; readonly timeMs: number } | undefined;
  #visibleCount = 0;
  #inFlightCount = 0;
  #receipts = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#order = parts.isFifo ? new FifoOrder() : new StandardOrder();
  }

  get visibleCount(): number {
    return this.#visibleCount;
  }

  get inFlightCount(): number {
    return this.#inFlightCount;
  }

  get delayedCount(): number {
    return this.#deadlines.size - this.#inFlightCount;
  }

  /** Whether a receive would bring a message, dead letters aside. */
  get isReady(): boolean {
    return this.#inFlightCount < IN_FLIGHT_MAX && this.#order.hasReady();
  }

  find(number: number): StoredMessage | undefined {
    return this.#store.get(number);
  }

  add(content: MessageContent, messageId: string, delayMs: number, origin?: DeadLetter): StoredMessage {
    const nowMs = this.#parts.clock.now();
    const message: StoredMessage = {
      content,
      number: this.#store.nextNumber,
      messageId,
      sentMs: origin?.sentMs ?? Math.floor(nowMs),
      deadLetterSourceArn: origin?.sourceArn,
      state: 'delayed',
      receipts: origin?.receipts,
      deadline: undefined,
    };
    this.#store.add(message);
    if (delayMs > 0) this.#setDeadline(message, nowMs + delayMs);
    else this.#show(message);
    return message;
  }

  take(messagesMax: number, visibilityTimeoutMs: number): StoredMessage[] {
    const room = IN_FLIGHT_MAX - this.#inFlightCount;
    return this.#order.take(Math.min(messagesMax, room), (message) => this.#claim(message, visibilityTimeoutMs));
  }

  /** Counts the visibility timeout of a message in flight from now. With 0 it is visible at once. */
  hold(message: StoredMessage, visibilityTimeoutMs: number): void {
    if (!message.receipts) return;
    this.#cancelDeadline(message);
    message.receipts.visibleAgainMs = this.#parts.clock.now() + visibilityTimeoutMs;
    if (visibilityTimeoutMs === 0) this.#reappear(message);
    else this.#awaitReappearance(message, message.receipts);
  }

  remove(message: StoredMessage): void {
    this.#cancelDeadline(message);
    const { state } = message;
    message.state = 'gone';
    this.#store.delete(message.number);
    if (state === 'in-flight') {
      this.#inFlightCount--;
      this.#order.finish(message);
    } else if (state === 'visible') {
      this.#visibleCount--;
      this.#order.drop(message);
    }
  }

  /**
   * Removes what has outlived the retention period. Costs what it removes: the oldest come first. A dead letter is older
   * than its place says, so that it may be counted somewhat longer; nobody receives it.
   */
  expire(): void {
    for (let oldest = this.#store.findOldest(); oldest && this.#isExpired(oldest); oldest = this.#store.findOldest()) {
      this.remove(oldest);
    }
  }

  /** Counts all delays anew from when the messages were sent. Costs as much as there are delayed messages. */
  delayAnew(delayMs: number): void {
    const delayed = this.#deadlines.items().filter(({ state }) => state === 'delayed');
    for (const message of delayed) this.#cancelDeadline(message);
    for (const message of delayed.sort((a, b) => a.number - b.number)) {
      this.#setDeadline(message, message.sentMs + delayMs);
    }
  }

  clear(): void {
    this.#store.clear();
    this.#order.clear();
    this.#deadlines.clear();
    this.#wakeUp?.timer.cancel();
    this.#wakeUp = undefined;
    this.#visibleCount = 0;
    this.#inFlightCount = 0;
  }

  #claim(message: StoredMessage, visibilityTimeoutMs: number): boolean {
    this.#visibleCount--;
    if (this.#isExpired(message) || this.#parts.giveUp(message)) {
      message.state = 'gone';
      this.#store.delete(message.number);
      return false;
    }
    const nowMs = this.#parts.clock.now();
    const receivedMs = Math.floor(nowMs);
    message.state = 'in-flight';
    message.receipts = {
      count: (message.receipts?.count ?? 0) + 1,
      firstMs: message.receipts?.firstMs ?? receivedMs,
      lastMs: receivedMs,
      number: this.#receipts++,
      visibleAgainMs: nowMs + visibilityTimeoutMs,
    };
    this.#inFlightCount++;
    this.#awaitReappearance(message, message.receipts);
    return true;
  }

  #isExpired({ sentMs }: StoredMessage): boolean {
    return sentMs + this.#parts.settings().retentionMs <= this.#parts.clock.now();
  }

  /** Or for the end of its retention period, which sets its group free. */
  #awaitReappearance(message: StoredMessage, { visibleAgainMs }: Receipts): void {
    this.#setDeadline(message, Math.min(visibleAgainMs, message.sentMs + this.#parts.settings().retentionMs));
  }

  #reappear(message: StoredMessage): void {
    message.state = 'visible';
    this.#inFlightCount--;
    this.#visibleCount++;
    this.#order.putBack(message);
  }

  #show(message: StoredMessage): void {
    message.state = 'visible';
    this.#visibleCount++;
    this.#order.add(message);
  }

  #setDeadline(message: StoredMessage, dueMs: number): void {
    message.deadline = this.#deadlines.add(message, dueMs, message.number);
    this.#scheduleWakeUp();
  }

  #cancelDeadline(message: StoredMessage): void {
    if (message.deadline) this.#deadlines.remove(message.deadline);
    message.deadline = undefined;
  }

  /** A timer that has become too early stays: it finds nothing due, and sets the next. */
  #scheduleWakeUp(): void {
    const timeMs = this.#deadlines.first?.dueMs;
    if (timeMs === undefined || (this.#wakeUp && this.#wakeUp.timeMs <= timeMs)) return;
    this.#wakeUp?.timer.cancel();
    this.#wakeUp = { timeMs, timer: this.#parts.clock.at(timeMs, () => this.#wake()) };
  }

  #wake(): void {
    this.#wakeUp = undefined;
    const nowMs = this.#parts.clock.now();
    for (let first = this.#deadlines.first; first && first.dueMs <= nowMs; first = this.#deadlines.first) {
      const message = first.item;
      this.#cancelDeadline(message);
      this.#endDeadline(message, nowMs);
    }
    this.#scheduleWakeUp();
    this.#parts.onReady();
  }

  #endDeadline(message: StoredMessage, nowMs: number): void {
    if (this.#isExpired(message)) this.remove(message);
    else if (message.state === 'delayed') this.#show(message);
    else if (message.receipts && message.receipts.visibleAgainMs > nowMs) {
      // The retention period was made longer meanwhile.
      this.#awaitReappearance(message, message.receipts);
    } else this.#reappear(message);
  }
}
