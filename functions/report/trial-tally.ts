// What arrived of one trial, counted line by line.

import { type ArrivalBasis, computeArrivalInstant } from '../../model/arrival-instant.ts';
import type { InvocationSize } from '../../model/cost/trial-cost.ts';
import { countLatencies } from '../../model/latency-counts.ts';
import type { TrialArrivals } from '../../reports/report-facts.ts';
import type { ArrivedLine } from './parse-line.ts';

/**
 * Takes 16 bytes a message and one map entry an invocation; the lines themselves are not kept. The order of lines makes
 * no difference to what comes out.
 */
export class TrialTally {
  /** Earliest latency by sequence; NaN until the message is seen. */
  readonly #deliveryMs: Float64Array;
  readonly #arrivalMs: Float64Array;
  /** Messages by request id, duplicates included. */
  readonly #invocations = new Map<string, number>();
  readonly #bases: Record<ArrivalBasis, number> = { second: 0, 'bounded-second': 0, receipt: 0 };
  readonly #windowEndMs: number;
  #lines = 0;
  #objects = 0;
  #requestIdsInWindow = 0;
  #coldStarts = 0;
  #initMs = 0;

  /** `messages` as planned; `windowEndMs` is where the trial's minutes in CloudWatch end, in epoch milliseconds. */
  constructor(messages: number, windowEndMs: number) {
    this.#deliveryMs = new Float64Array(messages).fill(Number.NaN);
    this.#arrivalMs = new Float64Array(messages).fill(Number.NaN);
    this.#windowEndMs = windowEndMs;
  }

  hasSequence(sequence: number): boolean {
    return Number.isInteger(sequence) && sequence >= 0 && sequence < this.#deliveryMs.length;
  }

  addObject(): void {
    this.#objects++;
  }

  /** The line's sequence must be one of the trial's. `lastModifiedMs` is its object's. */
  addLine(line: ArrivedLine, lastModifiedMs: number): void {
    const { arrivedAtMs, basis } = computeArrivalInstant(lastModifiedMs, line.receivedAt);
    this.#lines++;
    this.#bases[basis]++;
    keepEarliest(this.#deliveryMs, line.sequence, line.receivedAt - line.scheduledAtMs);
    keepEarliest(this.#arrivalMs, line.sequence, arrivedAtMs - line.scheduledAtMs);
    this.#addInvocation(line);
  }

  #addInvocation(line: ArrivedLine): void {
    const before = this.#invocations.get(line.requestId);
    this.#invocations.set(line.requestId, (before ?? 0) + 1);
    if (before !== undefined) return;
    if (line.receivedAt < this.#windowEndMs) this.#requestIdsInWindow++;
    if (line.coldStart) {
      this.#coldStarts++;
      this.#initMs += line.initMs;
    }
  }

  toArrivals(): TrialArrivals {
    const deliveryMs = this.#deliveryMs.filter((value) => !Number.isNaN(value));
    return {
      lines: this.#lines,
      arrived: deliveryMs.length,
      objects: this.#objects,
      requestIds: this.#invocations.size,
      requestIdsInWindow: this.#requestIdsInWindow,
      invocationSizes: countSizes(this.#invocations.values()),
      coldStarts: { invocations: this.#coldStarts, initMs: this.#initMs, delivery: [] },
      delivery: countLatencies(deliveryMs),
      arrival: countLatencies(this.#arrivalMs.filter((value) => !Number.isNaN(value))),
      hops: [],
      arrivalBases: this.#bases,
    };
  }
}

function keepEarliest(values: Float64Array, index: number, value: number): void {
  const before = values[index] ?? Number.NaN;
  if (!(before <= value)) values[index] = value;
}

/** Ascending by size. */
function countSizes(sizes: Iterable<number>): InvocationSize[] {
  const invocationsBySize = new Map<number, number>();
  for (const messages of sizes) invocationsBySize.set(messages, (invocationsBySize.get(messages) ?? 0) + 1);
  return [...invocationsBySize]
    .map(([messages, invocations]) => ({ messages, invocations }))
    .sort((a, b) => a.messages - b.messages);
}
