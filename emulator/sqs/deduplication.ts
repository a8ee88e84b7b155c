// What a FIFO queue was sent in the last five minutes:
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html

import type { Clock } from '../kernel/clock.ts';
import { ExpiringMap } from './expiring-map.ts';
import type { QueueSettings } from './queue-settings.ts';
import type { MessageContent } from './stored-message.ts';

export const DEDUPLICATION_INTERVAL_MS = 5 * 60_000;

/** What the first of its like was answered with. */
interface Original {
  readonly messageId: string;
  readonly number: number;
}

type Scope = QueueSettings['deduplicationScope'];

export class Deduplication {
  readonly #originals: ExpiringMap<Original>;

  constructor(clock: Clock) {
    this.#originals = new ExpiringMap(clock, DEDUPLICATION_INTERVAL_MS);
  }

  /** Also of a message that was received and deleted since. */
  find(content: MessageContent, scope: Scope): Original | undefined {
    return this.#originals.get(renderKey(content, scope));
  }

  remember(content: MessageContent, original: Original, scope: Scope): void {
    this.#originals.set(renderKey(content, scope), original);
  }
}

/** Neither id can have a space in it. */
function renderKey({ groupId = '', deduplicationId = '' }: MessageContent, scope: Scope): string {
  return scope === 'queue' ? deduplicationId : `${groupId} ${deduplicationId}`;
}
