// Receives from a FIFO queue that may be repeated when their answer was lost:
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-receiverequestattemptid-request-parameter.html

import type { Clock } from '../kernel/clock.ts';
import { DEDUPLICATION_INTERVAL_MS } from './deduplication.ts';
import { ExpiringMap } from './expiring-map.ts';
import type { StoredMessage } from './stored-message.ts';

interface TakenMessage {
  readonly message: StoredMessage;
  readonly receiptNumber: number;
  readonly visibleAgainMs: number;
}

export class ReceiveAttempts {
  readonly #taken: ExpiringMap<readonly TakenMessage[]>;

  constructor(clock: Clock) {
    this.#taken = new ExpiringMap(clock, DEDUPLICATION_INTERVAL_MS);
  }

  /** What the attempt brought before. Undefined for a new one, and when any of it was deleted, changed or is visible again. */
  find(attemptId: string | undefined): readonly StoredMessage[] | undefined {
    const taken = attemptId === undefined ? undefined : this.#taken.get(attemptId);
    return taken?.every(isUntouched) ? taken.map(({ message }) => message) : undefined;
  }

  remember(attemptId: string | undefined, messages: readonly StoredMessage[]): void {
    if (attemptId === undefined || messages.length === 0) return;
    const taken = messages.flatMap((message) => {
      const { receipts } = message;
      return receipts ? [{ message, receiptNumber: receipts.number, visibleAgainMs: receipts.visibleAgainMs }] : [];
    });
    this.#taken.set(attemptId, taken);
  }
}

function isUntouched({ message: { state, receipts }, receiptNumber, visibleAgainMs }: TakenMessage): boolean {
  return state === 'in-flight' && receipts?.number === receiptNumber && receipts.visibleAgainMs === visibleAgainMs;
}
