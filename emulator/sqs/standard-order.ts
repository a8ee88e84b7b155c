import type { DeliveryOrder } from './delivery-order.ts';
import { MessageLine } from './message-line.ts';
import type { StoredMessage } from './stored-message.ts';

/** First visible, first received. AWS promises no order. */
export class StandardOrder implements DeliveryOrder {
  /** Among the visible ones stand those that have gone and that nobody has come upon yet. */
  readonly #line = new MessageLine<StoredMessage>();

  hasReady(): boolean {
    this.#trim();
    return this.#line.first !== undefined;
  }

  take(messagesMax: number, claim: (message: StoredMessage) => boolean): StoredMessage[] {
    const taken: StoredMessage[] = [];
    while (taken.length < messagesMax) {
      const message = this.#line.takeFirst();
      if (!message) break;
      if (message.state === 'visible' && claim(message)) taken.push(message);
    }
    return taken;
  }

  add(message: StoredMessage): void {
    this.#line.add(message);
  }

  putBack(message: StoredMessage): void {
    this.#line.add(message);
  }

  finish(): void {}

  drop(): void {
    this.#trim();
  }

  clear(): void {
    this.#line.clear();
  }

  #trim(): void {
    for (let first = this.#line.first; first?.state === 'gone'; first = this.#line.first) this.#line.takeFirst();
  }
}
