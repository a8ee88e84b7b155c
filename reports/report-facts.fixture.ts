// A default run as it could have come out, for tests: made up, but with every quantity in proportion.

import { computeCostEstimate } from '../model/cost/estimate.ts';
import { parseInput } from '../model/input.ts';
import { countLatencies } from '../model/latency-counts.ts';
import type { Service } from '../model/service.ts';
import { SERVICES } from '../model/service.ts';
import { NO_STRAYS, type TrialArrivals } from '../model/tally.ts';
import type { PublishTotals, Trial, TrialResult } from '../model/trial.ts';
import type { ReportFacts, ServiceCounts, TrialFacts, TrialMetrics } from './report-facts.ts';

const RUN_START_MS = Date.UTC(2026, 10, 23, 12, 0, 0);
const MESSAGES = 300;
const MESSAGE_BYTES = 400;
const BATCH_SIZES = [1, 10, 100];

const WINDOWS_SECONDS: Readonly<Record<number, number>> = { 1: 0, 10: 2, 100: 20 };

/** Median hop without batching, milliseconds. */
const HOPS_MS: Readonly<Record<Service, number>> = { eventbridge: 150, sqs: 20, kinesis: 630, firehose: 900 };

/** From the handler's start to the object in S3. */
const STORE_MS: Readonly<Record<Service, number>> = { eventbridge: 480, sqs: 480, kinesis: 480, firehose: 2400 };
/** A publish call, and how long before its return the service had taken the message. */
const PUBLISH_MS = 12;
const ACCEPTED_BEFORE_MS = 3;

const UNITS_PER_MESSAGE: Readonly<Record<Service, number>> = { eventbridge: 1, sqs: 1, kinesis: 1, firehose: 5120 };

/** Twelve trials of 300 messages, everything arrived. `change` replaces parts of it. */
export function createReportFacts(change: Partial<ReportFacts> = {}): ReportFacts {
  const lanes = SERVICES.map((service) => ({
    service,
    trials: BATCH_SIZES.map((batchSize) => createTrial(service, batchSize)),
  }));
  const input = parseInput({ batchSizes: BATCH_SIZES });
  const { costUsd } = computeCostEstimate({ input, lanes }, 'us-east-1');
  return {
    environment: { emulated: true, seed: 1, region: 'us-east-1', accountId: '000000000000' },
    plan: {
      runId: 'emulated-seed-1',
      startedAtMs: RUN_START_MS,
      input,
      lanes,
      estimate: { costUsd, durationSeconds: 960, historyEventsPerLane: 412 },
    },
    outcomes: SERVICES.map((service) => ({ service, status: 'completed' })),
    trials: lanes.flatMap(({ trials }) => trials.map((trial, index) => createTrialFacts(trial, index))),
    strays: { ...NO_STRAYS, warmUp: 60 },
    unknownTrials: [],
    collection: { objects: 1400, events: 1400, dropped: 0, receives: 152, complete: true, more: false },
    untalliedTrials: [],
    tallyFailures: [],
    objectsRead: 90,
    reportAttempts: 1,
    ...change,
  };
}

/**
 * Replaces parts of one trial's facts. What follows from the number of lines and of messages that arrived is brought in line
 * with it, unless it is given too: its books would not balance otherwise.
 */
export function changeTrial(
  facts: ReportFacts,
  trialId: string,
  change: {
    readonly publish?: Partial<PublishTotals>;
    readonly result?: Partial<TrialResult>;
    readonly arrivals?: Partial<TrialArrivals>;
    readonly metrics?: Partial<TrialMetrics>;
  },
): ReportFacts {
  const trials = facts.trials.map((trial) => {
    if (trial.result.trial.trialId !== trialId) return trial;
    const publish = { ...trial.result.publish, ...change.publish };
    const arrivals = { ...trial.arrivals, ...change.arrivals };
    return {
      result: { ...trial.result, ...deriveDrain(arrivals, publish), ...change.result, publish },
      arrivals: { ...arrivals, ...(change.arrivals?.invocationSizes ? {} : deriveSizes(arrivals)) },
      metrics: { ...trial.metrics, ...deriveCounts(trial, arrivals, publish), ...change.metrics },
    };
  });
  return { ...facts, trials };
}

function deriveDrain({ arrived }: TrialArrivals, { sent }: PublishTotals): Partial<TrialResult> {
  return { arrivedAtDrain: arrived, drainTimedOut: arrived < sent };
}

/** Whole sizes that differ by one at most. */
function deriveSizes({ lines, requestIds }: TrialArrivals): Pick<TrialArrivals, 'invocationSizes'> {
  const messages = Math.floor(lines / requestIds);
  const larger = lines - messages * requestIds;
  const invocationSizes = [
    { messages, invocations: requestIds - larger },
    { messages: messages + 1, invocations: larger },
  ];
  return { invocationSizes: invocationSizes.filter(({ invocations }) => invocations > 0) };
}

function deriveCounts(
  { result, metrics }: TrialFacts,
  { lines }: TrialArrivals,
  publish: PublishTotals,
): Pick<TrialMetrics, 'serviceCounts'> {
  const counts = createServiceCounts(result.trial.service, publish);
  const isRead = metrics.serviceCounts.received !== undefined;
  return { serviceCounts: isRead ? { ...counts, received: lines, deleted: lines } : counts };
}

function createTrial(service: Service, batchSize: number): Trial {
  const windowSeconds = WINDOWS_SECONDS[batchSize] ?? 0;
  const trial = {
    trialId: `${service}-b${batchSize}-r1`,
    service,
    batchSize,
    repetition: 1,
    messages: MESSAGES,
    windowSeconds,
  };
  switch (service) {
    case 'eventbridge':
      return {
        ...trial,
        mechanism: `${batchSize} ${batchSize === 1 ? 'message' : 'messages'} packed in one event, window ${windowSeconds} s`,
      };
    case 'sqs':
    case 'kinesis':
      return { ...trial, mechanism: `BatchSize ${batchSize}, window ${windowSeconds} s` };
    case 'firehose':
      return {
        ...trial,
        mechanism: `transform buffer 0.2 MiB or ${windowSeconds} s, S3 buffer 1 MiB or ${windowSeconds} s`,
        ...(batchSize === 1
          ? { limit: 'the transform buffer cannot be smaller than 0.2 MiB, so the interval alone sets the batch' }
          : {}),
      };
  }
}

function createTrialFacts(trial: Trial, index: number): TrialFacts {
  const { service, batchSize } = trial;
  const startMs = RUN_START_MS + (2 + 5 * index) * 60_000;
  const filled = service === 'sqs' && batchSize > 1 ? batchSize * 0.6 : batchSize;
  const invocations = Math.ceil(MESSAGES / filled);
  const deliveryMs = Array.from({ length: MESSAGES }, (_, sequence) => computeDeliveryMs(trial, sequence));
  const publish = createPublish(trial, index);
  return {
    result: {
      trial,
      startMs,
      drainedMs: startMs + 60_000 + 1000 * trial.windowSeconds + 12_345,
      publish,
      arrivedAtDrain: MESSAGES,
      drainTimedOut: false,
    },
    arrivals: {
      lines: MESSAGES,
      arrived: MESSAGES,
      objects: service === 'firehose' ? Math.ceil(invocations / 2) : invocations,
      requestIds: invocations,
      requestIdsInWindow: invocations,
      invocationSizes: [{ messages: MESSAGES / invocations, invocations }],
      coldStarts: { invocations: 1, initMs: 310, delivery: countLatencies(deliveryMs.slice(0, filled)) },
      delivery: countLatencies(deliveryMs),
      arrival: countLatencies(deliveryMs.map((valueMs) => valueMs + STORE_MS[service])),
      hops: createHops(service, deliveryMs),
      arrivalBases: { event: 297, second: 2, 'bounded-second': 1, receipt: 0 },
    },
    metrics: {
      invocations,
      errors: 0,
      throttles: 0,
      durationMs: invocations * 42.7 + MESSAGES * 0.05,
      emptyReceives: service === 'sqs' ? 22 : 0,
      serviceCounts: createServiceCounts(service, publish),
      windowMs: 120_000,
    },
  };
}

function createServiceCounts(service: Service, { entries, bytes }: PublishTotals): ServiceCounts {
  switch (service) {
    case 'eventbridge':
      return { entries };
    case 'sqs':
      return { entries, received: MESSAGES, deleted: MESSAGES };
    case 'kinesis':
    case 'firehose':
      return { entries, bytes };
  }
}

/** EventBridge tells its instant in whole seconds only, which is no hop. */
function createHops(service: Service, deliveryMs: readonly number[]): TrialArrivals['hops'] {
  const published = { from: 'scheduled', to: 'acknowledged', latency: [[PUBLISH_MS, MESSAGES]] } as const;
  const stored = { from: 'received', to: 'arrived', latency: [[STORE_MS[service], MESSAGES]] } as const;
  const deliveredFrom = (startMs: number) => countLatencies(deliveryMs.map((valueMs) => valueMs - startMs));
  if (service === 'eventbridge') {
    return [published, { from: 'acknowledged', to: 'received', latency: deliveredFrom(PUBLISH_MS) }, stored];
  }
  return [
    published,
    { from: 'acknowledged', to: 'accepted', latency: [[-ACCEPTED_BEFORE_MS, MESSAGES]] },
    { from: 'accepted', to: 'received', latency: deliveredFrom(PUBLISH_MS - ACCEPTED_BEFORE_MS) },
    stored,
  ];
}

/** A hop with a tail, and the wait for the batch to fill. */
function computeDeliveryMs({ service, batchSize }: Trial, sequence: number): number {
  const place = (sequence * 37) % 100;
  const tail = place >= 98 ? 6 : 1 + place / 100;
  const waitMs = ((batchSize - 1 - (sequence % batchSize)) * 1000) / 5;
  return Math.round((HOPS_MS[service] * tail) / 1.5 + waitMs);
}

function createPublish({ service, batchSize }: Trial, index: number): PublishTotals {
  const entries = service === 'eventbridge' ? Math.ceil(MESSAGES / batchSize) : MESSAGES;
  return {
    scheduled: MESSAGES,
    sent: MESSAGES,
    gaveUp: 0,
    calls: entries,
    retriedEntries: 0,
    entries,
    billedUnits: entries * UNITS_PER_MESSAGE[service],
    bytes: MESSAGES * MESSAGE_BYTES,
    invocations: 6,
    generatorMs: 57_321,
    lateMsMax: 3 + index,
    endpointLookups: service === 'sqs' && index === 0 ? 1 : 0,
    endpointLookupMs: service === 'sqs' && index === 0 ? 9 : 0,
    factSource: 'shipped',
  };
}
