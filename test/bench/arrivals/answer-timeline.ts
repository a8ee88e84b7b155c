// Hands answers over as if each had taken its service as long as AWS's would, in a time that stands still while the code has nothing to do but wait
// for the emulator. So many requests under way at a time take as little time as they would on AWS, and the bench need not sit it out.

import { setImmediate as turnEventLoop } from 'node:timers/promises';
import type { HttpRequest, HttpResponse } from '../../../emulator/wire/http-message.ts';
import { computeServiceMs } from './service-times.ts';

interface Asked {
  readonly request: HttpRequest;
  readonly sentMs: number;
  readonly answer: Promise<HttpResponse>;
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (error: unknown) => void;
  /** At the earliest, while the answer is not there. */
  dueMs: number;
}

export class AnswerTimeline {
  readonly #readBusyMs: () => number;
  readonly #asked = new Set<Asked>();
  #waitedMs = 0;
  #isHandingOver = false;

  /** `readBusyMs` gives the processor time of the code so far. */
  constructor(readBusyMs: () => number) {
    this.#readBusyMs = readBusyMs;
  }

  /** Time in which the code could do nothing before an answer came. */
  get waitedSeconds(): number {
    return this.#waitedMs / 1000;
  }

  /** Resolves when the answer is due. */
  ask(request: HttpRequest, answer: Promise<HttpResponse>): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const sentMs = this.#nowMs();
      const dueMs = sentMs + computeServiceMs(request, 0);
      this.#asked.add({ request, sentMs, answer, resolve, reject, dueMs });
      if (!this.#isHandingOver) this.#handOver().catch(reject);
    });
  }

  #nowMs(): number {
    return this.#readBusyMs() + this.#waitedMs;
  }

  async #handOver(): Promise<void> {
    this.#isHandingOver = true;
    for (let next = await this.#findNext(); next; next = await this.#findNext()) {
      try {
        const response = await next.answer;
        const dueMs = next.sentMs + computeServiceMs(next.request, response.body.length);
        if (dueMs > next.dueMs) {
          // Others may come before it.
          next.dueMs = dueMs;
          continue;
        }
        this.#asked.delete(next);
        this.#waitedMs += Math.max(0, dueMs - this.#nowMs());
        next.resolve(response);
      } catch (error) {
        this.#asked.delete(next);
        next.reject(error);
      }
    }
    this.#isHandingOver = false;
  }

  /** Once the code has done all that it can without one more answer. */
  async #findNext(): Promise<Asked | undefined> {
    await turnEventLoop();
    await turnEventLoop();
    let first: Asked | undefined;
    for (const asked of this.#asked) if (!first || asked.dueMs < first.dueMs) first = asked;
    return first;
  }
}
