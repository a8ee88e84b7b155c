// Order within message groups: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html

import type { DeliveryOrder } from './delivery-order.ts';
import { MessageLine } from './message-line.ts';
import type { StoredMessage } from './stored-message.ts';

interface Group {
  readonly id: string;
  /** What was in flight and came back, in the order of sending. No more than one receive brings. */
  readonly returned: StoredMessage[];
  /** What was never received. Like `returned`, it may have messages at its front that have gone. */
  readonly line: MessageLine<StoredMessage>;
  visibleCount: number;
  inFlightCount: number;
  /** Stands in the line of groups. */
  isQueued: boolean;
}

/**
 * Messages of a group in the order of sending, and none of it while one is in flight. Groups take turns; a receive takes
 * as many as it can from one group before it turns to the next.
 */
export class FifoOrder implements DeliveryOrder {
  readonly #groups = new Map<string, Group>();
  /** Those with messages and none in flight, and some that have lost theirs since. */
  readonly #ready = new MessageLine<Group>();

  hasReady(): boolean {
    return this.#findReadyGroup() !== undefined;
  }

  take(messagesMax: number, claim: (message: StoredMessage) => boolean): StoredMessage[] {
    const taken: StoredMessage[] = [];
    while (taken.length < messagesMax) {
      const group = this.#findReadyGroup();
      if (!group) break;
      this.#ready.takeFirst();
      group.isQueued = false;
      while (taken.length < messagesMax) {
        const message = takeFirst(group);
        if (!message) break;
        if (message.state !== 'visible') continue;
        group.visibleCount--;
        if (!claim(message)) continue;
        group.inFlightCount++;
        taken.push(message);
      }
      this.#settle(group);
    }
    return taken;
  }

  add(message: StoredMessage): void {
    const group = this.#getGroup(message);
    group.line.add(message);
    group.visibleCount++;
    this.#settle(group);
  }

  putBack(message: StoredMessage): void {
    const group = this.#getGroup(message);
    insertInOrder(group.returned, message);
    group.visibleCount++;
    group.inFlightCount--;
    this.#settle(group);
  }

  finish(message: StoredMessage): void {
    const group = this.#getGroup(message);
    group.inFlightCount--;
    this.#settle(group);
  }

  drop(message: StoredMessage): void {
    const group = this.#getGroup(message);
    group.visibleCount--;
    for (let first = group.line.first; first?.state === 'gone'; first = group.line.first) group.line.takeFirst();
    this.#settle(group);
  }

  clear(): void {
    this.#groups.clear();
    this.#ready.clear();
  }

  #findReadyGroup(): Group | undefined {
    for (let group = this.#ready.first; group; group = this.#ready.first) {
      if (isReady(group)) return group;
      this.#ready.takeFirst();
      group.isQueued = false;
    }
    return undefined;
  }

  #getGroup({ content }: StoredMessage): Group {
    const id = content.groupId ?? '';
    let group = this.#groups.get(id);
    if (!group) {
      const line = new MessageLine<StoredMessage>();
      group = { id, returned: [], line, visibleCount: 0, inFlightCount: 0, isQueued: false };
      this.#groups.set(id, group);
    }
    return group;
  }

  /** Lines the group up when it has become ready, and forgets it when it has become empty. */
  #settle(group: Group): void {
    if (isReady(group) && !group.isQueued) {
      group.isQueued = true;
      this.#ready.add(group);
    } else if (group.visibleCount === 0 && group.inFlightCount === 0) {
      this.#groups.delete(group.id);
    }
  }
}

function isReady({ visibleCount, inFlightCount }: Group): boolean {
  return visibleCount > 0 && inFlightCount === 0;
}

function takeFirst(group: Group): StoredMessage | undefined {
  return group.returned.shift() ?? group.line.takeFirst();
}

function insertInOrder(messages: StoredMessage[], message: StoredMessage): void {
  const place = messages.findIndex(({ number }) => number > message.number);
  messages.splice(place < 0 ? messages.length : place, 0, message);
}
