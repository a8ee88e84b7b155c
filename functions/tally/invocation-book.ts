// Which invocations left messages, and how many each.

import type { InvocationSize } from '../../model/cost/trial-cost.ts';
import type { TrialArrivals } from '../../model/tally.ts';
import type { TrialWindow } from '../../model/trial-window.ts';
import { hashRequestId, RequestCounts, type RequestHash } from './request-counts.ts';

export interface InvocationMessage {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly receivedAtMs: number;
  readonly coldStart: boolean;
  readonly initMs: number;
}

const IN_WINDOW = 1;
const COLD_START = 2;

export class InvocationBook {
  readonly #window: TrialWindow;
  /** Request ids of invocations within the window that have handled nothing but warm-up so far: a handful. */
  readonly #warmUps = new Set<string>();
  /** Messages by request, duplicates included. */
  readonly #messages = new RequestCounts();
  /** Messages of a request mostly follow one another. */
  #last: { readonly requestId: string; readonly hash: RequestHash } | undefined;
  #requestIds = 0;
  #requestIdsInWindow = 0;
  #coldStarts = 0;
  #initMs = 0;

  /** `window` has the minutes of CloudWatch that are the trial's own. */
  constructor(window: TrialWindow) {
    this.#window = window;
  }

  /**
   * A warm-up that was published again may be handled when the trial has begun. CloudWatch counts that invocation among the trial's, so it counts
   * here too, though none of its messages do.
   */
  addWarmUp({ requestId, receivedAtMs }: Pick<InvocationMessage, 'requestId' | 'receivedAtMs'>): void {
    const isInWindow = receivedAtMs >= this.#window.startMs && receivedAtMs < this.#window.endMs;
    if (isInWindow && !this.#messages.has(this.#hash(requestId))) this.#warmUps.add(requestId);
  }

  /**
   * In any order. An invocation that Lambda tried again goes by the same request id, minutes later: within the window, or a cold start, is what one of
   * its attempts was; of two cold ones the initialisation that comes first counts.
   */
  add({ requestId, receivedAtMs, coldStart, initMs }: InvocationMessage): void {
    const flags = (receivedAtMs < this.#window.endMs ? IN_WINDOW : 0) | (coldStart ? COLD_START : 0);
    const { messages, newFlags } = this.#messages.add(this.#hash(requestId), flags);
    if (messages === 1) {
      this.#requestIds++;
      this.#warmUps.delete(requestId);
    }
    if ((newFlags & IN_WINDOW) !== 0) this.#requestIdsInWindow++;
    if ((newFlags & COLD_START) === 0) return;
    this.#coldStarts++;
    this.#initMs += initMs;
  }

  #hash(requestId: string): RequestHash {
    if (this.#last?.requestId !== requestId) this.#last = { requestId, hash: hashRequestId(requestId) };
    return this.#last.hash;
  }

  /** Sizes ascending. */
  summarise(): Pick<TrialArrivals, 'requestIds' | 'requestIdsInWindow' | 'invocationSizes'> & {
    readonly coldStarts: number;
    readonly initMs: number;
  } {
    return {
      requestIds: this.#requestIds,
      requestIdsInWindow: this.#requestIdsInWindow + this.#warmUps.size,
      invocationSizes: this.#listSizes(),
      coldStarts: this.#coldStarts,
      initMs: this.#initMs,
    };
  }

  #listSizes(): InvocationSize[] {
    const invocationsBySize = new Map<number, number>();
    for (const messages of this.#messages.values()) {
      invocationsBySize.set(messages, (invocationsBySize.get(messages) ?? 0) + 1);
    }
    return [...invocationsBySize]
      .map(([messages, invocations]) => ({ messages, invocations }))
      .sort((a, b) => a.messages - b.messages);
  }
}
