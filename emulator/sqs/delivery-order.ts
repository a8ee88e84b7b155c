// In which order a queue hands its messages out: standard queues have one, FIFO queues another.

import type { StoredMessage } from './stored-message.ts';

/** The cost of each step is independent of how many messages wait. */
export interface DeliveryOrder {
  /** Whether there is a message that may be received now. */
  hasReady(): boolean;
  /**
   * Takes up to so many messages for one receive. Those that `claim` accepts are in flight from then on; those that it
   * refuses have left the queue.
   */
  take(messagesMax: number, claim: (message: StoredMessage) => boolean): StoredMessage[];
  /** The message has become visible for the first time. */
  add(message: StoredMessage): void;
  /** The message was in flight and is visible again. */
  putBack(message: StoredMessage): void;
  /** The message was in flight and has gone. */
  finish(message: StoredMessage): void;
  /** The message was visible and has gone without a receive. */
  drop(message: StoredMessage): void;
  clear(): void;
}
