// A trial of SQS with as many messages as a benchmark wants: what was published, what arrived, and what a tally of it has to come to.

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Acknowledgements } from '../../../model/acknowledgements.ts';
import { type HandedMessage, type Invocation, renderArrivedLine } from '../../../model/arrived-message.ts';
import { parseInput } from '../../../model/input.ts';
import { computeScheduledAfterMs } from '../../../model/schedule.ts';
import type { Plan, Trial, TrialResult } from '../../../model/trial.ts';

const RUN_ID = 'bench';
const SEED = 20_261_123;
const START_MS = Date.UTC(2026, 10, 23, 12, 0, 0);
const TICK_SECONDS = 10;
/** The most that an input may ask for: a million messages are a hundred ticks. */
const MESSAGES_PER_TICK = 10_000;
/** Lambda starts a standard queue with as many; each gathers a batch of its own, so that a batch's sequences have gaps. */
const POLLERS = 5;
const DUPLICATE_SHARE = 0.001;
/** What a queue takes that long to deliver once more. */
const REDELIVERY_MS = 30_000;
const COLD_START_SHARE = 0.0005;
const FACTS = [
  'Honey never spoils: pots of it from tombs three thousand years old could still be eaten.',
  'An octopus has three hearts, and two of them stop while it swims.',
  'The shortest war on record lasted between 38 and 45 minutes.',
  'Glass is made mostly of sand.',
];

/** What one invocation stored. */
export interface StoredInvocation {
  readonly invocation: Invocation;
  readonly messages: readonly HandedMessage[];
  /** When the object was in S3, epoch milliseconds. */
  readonly arrivedAtMs: number;
}

/** Of a latency in milliseconds. */
export interface Quantiles {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Computed from the messages themselves, by other code than the tally's. */
export interface Aggregates {
  readonly lines: number;
  readonly arrived: number;
  readonly requestIds: number;
  readonly delivery: Quantiles;
  readonly arrival: Quantiles;
}

export class LargeTrial {
  readonly plan: Plan;
  readonly trial: Trial;
  readonly #scheduledAfterMs: Int32Array;

  /** `messages` must be a multiple of 10,000. */
  constructor({ messages, batchSize }: { readonly messages: number; readonly batchSize: number }) {
    const input = parseInput({
      services: ['sqs'],
      batchSizes: [batchSize],
      ticks: messages / MESSAGES_PER_TICK,
      tickSeconds: TICK_SECONDS,
      messagesPerTick: MESSAGES_PER_TICK,
      arrivals: 'poisson',
    });
    this.trial = {
      trialId: `sqs-b${batchSize}-r1`,
      service: 'sqs',
      batchSize,
      repetition: 1,
      messages,
      windowSeconds: batchSize === 1 ? 0 : 1,
      mechanism: `BatchSize ${batchSize}`,
    };
    this.plan = {
      runId: RUN_ID,
      startedAtMs: START_MS,
      input,
      lanes: [{ service: 'sqs', trials: [this.trial] }],
      estimate: { costUsd: 0, durationSeconds: 0, historyEventsPerLane: 0 },
    };
    this.#scheduledAfterMs = computeScheduledAfterMs(this.trial, input);
  }

  get result(): TrialResult {
    const { messages } = this.trial;
    return {
      trial: this.trial,
      startMs: START_MS,
      drainedMs: START_MS + (this.#scheduledAfterMs.at(-1) ?? 0) + 2 * REDELIVERY_MS,
      publish: {
        scheduled: messages,
        sent: messages,
        gaveUp: 0,
        calls: messages,
        retriedEntries: 0,
        entries: messages,
        billedUnits: messages,
        bytes: messages * 300,
        invocations: this.plan.input.ticks,
        generatorMs: 0,
        lateMsMax: 0,
        endpointLookups: 1,
        endpointLookupMs: 10,
        factSource: 'shipped',
      },
      arrivedAtDrain: messages,
      drainTimedOut: false,
    };
  }

  *listAcknowledgements(): Generator<Acknowledgements> {
    const random = xoroshiro128plus(SEED + 1);
    for (let first = 0; first < this.trial.messages; first += MESSAGES_PER_TICK) {
      const sequences = Array.from({ length: MESSAGES_PER_TICK }, (_, index) => first + index);
      const acknowledgedAfterMs = sequences.map(
        (sequence) => (this.#scheduledAfterMs[sequence] ?? 0) + uniformInt(random, 8, 20),
      );
      yield { startMs: START_MS, sequences, acknowledgedAfterMs };
    }
  }

  /** In order of their start, the same ones every time. */
  *listInvocations(): Generator<StoredInvocation> {
    const { batchSize } = this.trial;
    const random = xoroshiro128plus(SEED);
    const { deliverableAtMs, sequences } = this.#createDeliveries();
    const order = Uint32Array.from(deliverableAtMs.keys()).sort(
      (a, b) => (deliverableAtMs[a] ?? 0) - (deliverableAtMs[b] ?? 0),
    );
    const batches: number[][] = Array.from({ length: POLLERS }, () => []);
    let nowMs = START_MS;
    const close = (batch: number[]) =>
      this.#createInvocation(batch.splice(0), nowMs + uniformInt(random, 4, 6), (min, max) =>
        uniformInt(random, min, max),
      );
    for (const index of order) {
      const batch = batches[uniformInt(random, 0, POLLERS - 1)] ?? [];
      nowMs = deliverableAtMs[index] ?? 0;
      batch.push(sequences[index] ?? 0);
      if (batch.length === batchSize) yield close(batch);
    }
    for (const batch of batches) if (batch.length > 0) yield close(batch);
  }

  /** When a poller may take each message, duplicates behind all others. */
  #createDeliveries(): { deliverableAtMs: Float64Array; sequences: Uint32Array } {
    const { messages } = this.trial;
    const random = xoroshiro128plus(SEED + 2);
    const duplicates = Math.round(messages * DUPLICATE_SHARE);
    const deliverableAtMs = new Float64Array(messages + duplicates);
    const sequences = new Uint32Array(messages + duplicates);
    for (let index = 0; index < messages + duplicates; index++) {
      const isDuplicate = index >= messages;
      const sequence = isDuplicate ? uniformInt(random, 0, messages - 1) : index;
      sequences[index] = sequence;
      // Most within some milliseconds, a few much later.
      const pollMs = Math.round(5 - 12 * Math.log(1 - uniformFloat64(random)));
      deliverableAtMs[index] = this.#computeAcceptedAtMs(sequence) + pollMs + (isDuplicate ? REDELIVERY_MS : 0);
    }
    return { deliverableAtMs, sequences };
  }

  #computeAcceptedAtMs(sequence: number): number {
    return START_MS + (this.#scheduledAfterMs[sequence] ?? 0) + 3 + (sequence % 5);
  }

  #createInvocation(
    sequences: readonly number[],
    receivedAtMs: number,
    draw: (min: number, max: number) => number,
  ): StoredInvocation {
    const coldStart = draw(1, 1 / COLD_START_SHARE) === 1;
    return {
      invocation: {
        receivedAt: receivedAtMs,
        requestId: createRequestId(draw),
        coldStart,
        initMs: coldStart ? draw(180, 400) : 0,
        invocationMessages: sequences.length,
      },
      messages: sequences.map((sequence) => this.#createMessage(sequence)),
      arrivedAtMs: receivedAtMs + draw(20, 120),
    };
  }

  #createMessage(sequence: number): HandedMessage {
    const scheduledAtMs = START_MS + (this.#scheduledAfterMs[sequence] ?? 0);
    return {
      message: {
        time: new Date(scheduledAtMs + 1).toISOString(),
        id: (sequence % 1000) + 1,
        service: 'sqs',
        'random fact': FACTS[sequence % FACTS.length] ?? '',
        runId: RUN_ID,
        trialId: this.trial.trialId,
        sequence,
        scheduledAt: new Date(scheduledAtMs).toISOString(),
      },
      acceptedAtMs: this.#computeAcceptedAtMs(sequence),
    };
  }

  computeAggregates(): Aggregates {
    const { messages } = this.trial;
    const receivedAfterMs = new Float64Array(messages).fill(Number.POSITIVE_INFINITY);
    const arrivedAfterMs = new Float64Array(messages).fill(Number.POSITIVE_INFINITY);
    let lines = 0;
    let requestIds = 0;
    for (const { invocation, messages: handed, arrivedAtMs } of this.listInvocations()) {
      requestIds++;
      lines += handed.length;
      for (const { message } of handed) {
        const { sequence } = message;
        const scheduledAtMs = START_MS + (this.#scheduledAfterMs[sequence] ?? 0);
        const before = receivedAfterMs[sequence] ?? 0;
        receivedAfterMs[sequence] = Math.min(before, invocation.receivedAt - scheduledAtMs);
        arrivedAfterMs[sequence] = Math.min(arrivedAfterMs[sequence] ?? 0, arrivedAtMs - scheduledAtMs);
      }
    }
    return {
      lines,
      arrived: receivedAfterMs.filter(Number.isFinite).length,
      requestIds,
      delivery: computeQuantiles(receivedAfterMs),
      arrival: computeQuantiles(arrivedAfterMs),
    };
  }
}

/** As a consumer writes it. */
export function renderBody({ messages, invocation }: StoredInvocation): string {
  return messages.map((handed) => `${renderArrivedLine(handed, invocation)}\n`).join('');
}

/** Type 7 of Hyndman and Fan, from the sorted values. */
function computeQuantiles(valuesMs: Float64Array): Quantiles {
  const sorted = valuesMs.filter(Number.isFinite).sort();
  const at = (probability: number) => {
    const rank = (sorted.length - 1) * probability;
    const lower = sorted[Math.floor(rank)] ?? Number.NaN;
    return lower + ((sorted[Math.ceil(rank)] ?? Number.NaN) - lower) * (rank % 1);
  };
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

function createRequestId(draw: (min: number, max: number) => number): string {
  const hex = (digits: number) =>
    draw(0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`;
}
