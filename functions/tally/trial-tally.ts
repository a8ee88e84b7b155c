// What arrived of one trial, counted message by message.

import { ARRIVAL_BASES, type ArrivalBasis, computeArrivalInstant } from '../../model/arrival-instant.ts';
import type { Hop } from '../../model/hop.ts';
import { countLatencies, type LatencyCounts } from '../../model/latency-counts.ts';
import type { Service } from '../../model/service.ts';
import type { TrialArrivals } from '../../model/tally.ts';
import type { TrialWindow } from '../../model/trial-window.ts';
import { InvocationBook } from './invocation-book.ts';

/** What a trial is, as far as a tally goes by it. */
export interface TalliedTrial {
  readonly service: Service;
  /** First tick's instant, epoch milliseconds. */
  readonly startMs: number;
  /** By sequence: from `startMs` to the scheduled instant, milliseconds. Its length is the number of messages. */
  readonly scheduledAfterMs: Int32Array;
  /** The minutes of CloudWatch that are the trial's own. */
  readonly window: TrialWindow;
}

/** One message in an object, whether its line told or the object's name. */
export interface StoredMessage {
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly receivedAtMs: number;
  /** Epoch milliseconds; undefined where the service does not tell. */
  readonly acceptedAtMs: number | undefined;
  readonly requestId: string;
  readonly coldStart: boolean;
  readonly initMs: number;
}

/** No instant is this far from a trial's start. */
const UNKNOWN = -(2 ** 31);
const NO_BASIS = 255;
const BY_EVENT = ARRIVAL_BASES.indexOf('event');

/**
 * Takes 22 bytes a message, and 17 to 34 an invocation; messages themselves are not kept. Neither the order of messages nor
 * how often an event is told makes a difference to what comes out, save which of two deliveries within one millisecond counts as the first.
 */
export class TrialTally {
  readonly #trial: TalliedTrial;
  /** By sequence, milliseconds after `startMs`: of the first delivery, and of the publish call's return. */
  readonly #receivedAfterMs: Int32Array;
  readonly #acceptedAfterMs: Int32Array;
  readonly #acknowledgedAfterMs: Int32Array;
  /** By sequence: the first arrival, and what it rests on. */
  readonly #arrivedAfterMs: Int32Array;
  readonly #basis: Uint8Array;
  /** By sequence: 1 when the first delivery was a cold start's. */
  readonly #isCold: Uint8Array;
  readonly #invocations: InvocationBook;
  #lines = 0;
  #objects = 0;

  constructor(trial: TalliedTrial) {
    const messages = trial.scheduledAfterMs.length;
    this.#trial = trial;
    this.#receivedAfterMs = new Int32Array(messages).fill(UNKNOWN);
    this.#acceptedAfterMs = new Int32Array(messages).fill(UNKNOWN);
    this.#acknowledgedAfterMs = new Int32Array(messages).fill(UNKNOWN);
    this.#arrivedAfterMs = new Int32Array(messages).fill(UNKNOWN);
    this.#basis = new Uint8Array(messages).fill(NO_BASIS);
    this.#isCold = new Uint8Array(messages);
    this.#invocations = new InvocationBook(trial.window);
  }

  hasSequence(sequence: number): boolean {
    return Number.isInteger(sequence) && sequence >= 0 && sequence < this.#basis.length;
  }

  /** The publish call that the message was taken in returned `acknowledgedAfterMs` after the first tick's instant. */
  addAcknowledgement(sequence: number, acknowledgedAfterMs: number): void {
    if (this.hasSequence(sequence)) this.#acknowledgedAfterMs[sequence] = acknowledgedAfterMs;
  }

  /** An event of S3's says that an object of the message's was there at `arrivedAtMs`, epoch milliseconds. */
  addArrivalEvent(sequence: number, arrivedAtMs: number): void {
    if (this.hasSequence(sequence)) this.#keepFirstArrival(sequence, arrivedAtMs, 'event');
  }

  /** A warm-up message of the trial: it counts for nothing, but its invocation may be among those that CloudWatch counts. */
  addWarmUp(invocation: Pick<StoredMessage, 'requestId' | 'receivedAtMs'>): void {
    this.#invocations.addWarmUp(invocation);
  }

  addObject(): void {
    this.#objects++;
  }

  /** The message's sequence must be one of the trial's. `lastModifiedMs`, the object's, counts where no event told of its arrival. */
  addMessage(message: StoredMessage, lastModifiedMs: number): void {
    const { sequence, receivedAtMs } = message;
    this.#lines++;
    this.#invocations.add(message);
    this.#keepFirstDelivery(message);
    if (this.#basis[sequence] === BY_EVENT) return;
    const { arrivedAtMs, basis } = computeArrivalInstant(lastModifiedMs, receivedAtMs);
    this.#keepFirstArrival(sequence, Math.round(arrivedAtMs), basis);
  }

  #keepFirstDelivery({ sequence, receivedAtMs, acceptedAtMs, coldStart }: StoredMessage): void {
    const receivedAfterMs = receivedAtMs - this.#trial.startMs;
    const before = this.#receivedAfterMs[sequence] ?? UNKNOWN;
    if (before !== UNKNOWN && before <= receivedAfterMs) return;
    this.#receivedAfterMs[sequence] = receivedAfterMs;
    this.#acceptedAfterMs[sequence] = acceptedAtMs === undefined ? UNKNOWN : acceptedAtMs - this.#trial.startMs;
    this.#isCold[sequence] = coldStart ? 1 : 0;
  }

  /** By an event before any without: of a message that came twice, a half second's doubt about one copy must not take the place of what is certain of the other. */
  #keepFirstArrival(sequence: number, arrivedAtMs: number, basis: ArrivalBasis): void {
    const arrivedAfterMs = arrivedAtMs - this.#trial.startMs;
    const before = this.#arrivedAfterMs[sequence] ?? UNKNOWN;
    const isSurer = basis === 'event' && this.#basis[sequence] !== BY_EVENT;
    if (before !== UNKNOWN && before <= arrivedAfterMs && !isSurer) return;
    this.#arrivedAfterMs[sequence] = arrivedAfterMs;
    this.#basis[sequence] = ARRIVAL_BASES.indexOf(basis);
  }

  toArrivals(): TrialArrivals {
    const { scheduledAfterMs } = this.#trial;
    // An event of an object that is gone is no arrival: only what was listed counts.
    const delivered = (after: Int32Array) => (sequence: number) =>
      this.#receivedAfterMs[sequence] === UNKNOWN ? UNKNOWN : (after[sequence] ?? UNKNOWN);
    const receivedAfterMs = delivered(this.#receivedAfterMs);
    const arrivedAfterMs = delivered(this.#arrivedAfterMs);
    const scheduled = (sequence: number) => scheduledAfterMs[sequence] ?? UNKNOWN;
    const delivery = this.#countBetween(scheduled, receivedAfterMs);
    const { coldStarts, initMs, ...invocations } = this.#invocations.summarise();
    return {
      lines: this.#lines,
      arrived: delivery.reduce((sum, [, messages]) => sum + messages, 0),
      objects: this.#objects,
      ...invocations,
      coldStarts: {
        invocations: coldStarts,
        initMs,
        delivery: this.#countBetween(scheduled, (sequence) =>
          this.#isCold[sequence] === 1 ? receivedAfterMs(sequence) : UNKNOWN,
        ),
      },
      delivery,
      arrival: this.#countBetween(scheduled, arrivedAfterMs),
      hops: this.#computeHops({
        scheduled,
        acknowledged: (sequence) => this.#acknowledgedAfterMs[sequence] ?? UNKNOWN,
        accepted: delivered(this.#acceptedAfterMs),
        received: receivedAfterMs,
        arrived: arrivedAfterMs,
      }),
      arrivalBases: this.#countBases(),
    };
  }

  #computeHops(instants: Readonly<Record<Hop['from'], (sequence: number) => number>>): TrialArrivals['hops'] {
    const hops: readonly Hop[] =
      this.#trial.service === 'eventbridge'
        ? [
            { from: 'scheduled', to: 'acknowledged' },
            { from: 'acknowledged', to: 'received' },
            { from: 'received', to: 'arrived' },
          ]
        : [
            { from: 'scheduled', to: 'acknowledged' },
            { from: 'acknowledged', to: 'accepted' },
            { from: 'accepted', to: 'received' },
            { from: 'received', to: 'arrived' },
          ];
    return hops.map(({ from, to }) => ({ from, to, latency: this.#countBetween(instants[from], instants[to]) }));
  }

  /** Of the messages that both instants are known of. */
  #countBetween(from: (sequence: number) => number, to: (sequence: number) => number): LatencyCounts {
    const messages = this.#basis.length;
    return countLatencies(
      (function* () {
        for (let sequence = 0; sequence < messages; sequence++) {
          const [start, end] = [from(sequence), to(sequence)];
          if (start !== UNKNOWN && end !== UNKNOWN) yield end - start;
        }
      })(),
    );
  }

  #countBases(): TrialArrivals['arrivalBases'] {
    const counts = { event: 0, second: 0, 'bounded-second': 0, receipt: 0 };
    for (const [sequence, index] of this.#basis.entries()) {
      const basis = ARRIVAL_BASES[index];
      if (basis && this.#receivedAfterMs[sequence] !== UNKNOWN) counts[basis]++;
    }
    return counts;
  }
}
