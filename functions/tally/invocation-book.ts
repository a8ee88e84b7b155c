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

/**
 * An invocation's messages lie together, or, where Lambda tried an asynchronous one again under its own id, a minute or two apart
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html). So an invocation is forgotten, and only its size counted, when what
 * comes in began this much after it: memory grows with the rate, not with the number of invocations.
 */
const REMEMBERED_MS = 600_000;

export class InvocationBook {
  readonly #window: TrialWindow;
  /** Request ids of invocations within the window that have handled nothing but warm-up so far: a handful. */
  readonly #warmUps = new Set<string>();
  /** Messages by request, duplicates included: of this stretch of time and of the one before it. */
  #recent = new RequestCounts();
  #earlier = new RequestCounts();
  /** Messages of a request mostly follow one another. */
  #last: { readonly requestId: string; readonly hash: RequestHash } | undefined;
  #stretchStartMs = Number.NEGATIVE_INFINITY;
  readonly #invocationsBySize = new Map<number, number>();
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
    const hash = this.#hash(requestId);
    if (isInWindow && !this.#recent.has(hash) && !this.#earlier.has(hash)) this.#warmUps.add(requestId);
  }

  /** Messages are to come roughly in the order in which their invocations began, as listings have them. */
  add(message: InvocationMessage): void {
    this.#turnOver(message.receivedAtMs);
    const hash = this.#hash(message.requestId);
    const remembered = this.#earlier.has(hash) ? this.#earlier : this.#recent;
    if (remembered.add(hash) === 1) this.#addInvocation(message);
  }

  #hash(requestId: string): RequestHash {
    if (this.#last?.requestId !== requestId) this.#last = { requestId, hash: hashRequestId(requestId) };
    return this.#last.hash;
  }

  #turnOver(receivedAtMs: number): void {
    if (receivedAtMs < this.#stretchStartMs + REMEMBERED_MS) return;
    this.#stretchStartMs = receivedAtMs;
    this.#countSizes(this.#earlier);
    this.#earlier = this.#recent;
    this.#recent = new RequestCounts();
  }

  #addInvocation({ requestId, receivedAtMs, coldStart, initMs }: InvocationMessage): void {
    this.#requestIds++;
    this.#warmUps.delete(requestId);
    if (receivedAtMs < this.#window.endMs) this.#requestIdsInWindow++;
    if (!coldStart) return;
    this.#coldStarts++;
    this.#initMs += initMs;
  }

  #countSizes(counts: RequestCounts): void {
    for (const messages of counts.values()) {
      this.#invocationsBySize.set(messages, (this.#invocationsBySize.get(messages) ?? 0) + 1);
    }
  }

  /** Sizes ascending. Nothing may be added afterwards. */
  summarise(): Pick<TrialArrivals, 'requestIds' | 'requestIdsInWindow' | 'invocationSizes'> & {
    readonly coldStarts: number;
    readonly initMs: number;
  } {
    this.#countSizes(this.#earlier);
    this.#countSizes(this.#recent);
    this.#earlier = new RequestCounts();
    this.#recent = new RequestCounts();
    return {
      requestIds: this.#requestIds,
      requestIdsInWindow: this.#requestIdsInWindow + this.#warmUps.size,
      invocationSizes: this.#listSizes(),
      coldStarts: this.#coldStarts,
      initMs: this.#initMs,
    };
  }

  #listSizes(): InvocationSize[] {
    return [...this.#invocationsBySize]
      .map(([messages, invocations]) => ({ messages, invocations }))
      .sort((a, b) => a.messages - b.messages);
  }
}
