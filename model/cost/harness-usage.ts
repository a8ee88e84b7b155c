// What a run takes of the harness: the part that drives, counts and reports.

import { computeBufferSeconds, computeDurationSeconds, FRAME_SECONDS } from '../duration.ts';
import { WARM_UP_MESSAGES } from '../message.ts';
import { SQS } from '../quotas.ts';
import type { Service } from '../service.ts';
import type { Lane, Plan, Trial, TrialResult } from '../trial.ts';
import { computeMessageBytes } from './expected-usage.ts';
import {
  CONFIGURE_LOOKS_EXPECTED,
  computeStateTransitions,
  countTallies,
  type TrialLoops,
} from './state-transitions.ts';

export interface HarnessUsage {
  readonly stateTransitions: number;
  readonly trials: number;
  /** Of the generator; warm-up included. */
  readonly generatorInvocations: number;
  readonly generatorMs: number;
  /** Objects with the acknowledgements of a tick. */
  readonly acknowledgements: number;
  /** Of the function that counts arrivals. */
  readonly counts: number;
  /** Invocations of the function that tallies: one a trial, one for all trials of Firehose. */
  readonly tallies: number;
  /** Invocations of the function that collects S3's events of the arrivals. */
  readonly collections: number;
  /** Receives that it made. */
  readonly eventReceives: number;
  /** Attempts of the report. */
  readonly reports: number;
  /** Objects under `arrivals/`. */
  readonly objects: number;
  /** Those of them that have to be read, as their names do not tell what they hold. */
  readonly objectsRead: number;
  /** Metrics asked of CloudWatch, over all attempts. */
  readonly metrics: number;
  /** Requests for parameters of Parameter Store. */
  readonly parameterReads: number;
  readonly warmUps: readonly WarmUp[];
  /** How long the run kept a service that is paid by the hour without load. */
  readonly idleMs: { readonly kinesis: number; readonly sqs: number };
}

/** What the warm-ups of a service published and consumed. */
export interface WarmUp {
  readonly service: Service;
  readonly messages: number;
  readonly messageBytes: number;
  /** Objects that Firehose uploaded in parts, as its window is short. */
  readonly isBufferedBriefly: boolean;
}

/** Metrics that the report asks for: these of each lane's function, and these of the service itself. */
const METRICS_PER_FUNCTION = 4;
const METRICS_PER_SERVICE: Readonly<Record<Service, number>> = { eventbridge: 1, sqs: 4, kinesis: 2, firehose: 2 };
/** Where all events are there at once. */
const COLLECTIONS_EXPECTED = 1;
/** The pause of the state machine's loops that look whether something has come true. */
const POLL_MS = 10_000;
/** Assumed duration of the generator's warm-up. */
const WARM_UP_MS = 300;

/**
 * Trials with a result count as they went; of the others, and of what leaves no mark (how often a setting was looked at), the
 * expected value.
 */
export function computeHarnessUsage(
  plan: Pick<Plan, 'lanes' | 'input'>,
  run: {
    readonly results: readonly TrialResult[];
    /** In the bucket under `arrivals/`. */
    readonly objects: number;
    /** Those of them whose names do not tell what they hold. */
    readonly objectsRead: number;
    /** Receives that it took to collect S3's events; absent before the run: ten events a receive. */
    readonly eventReceives?: number;
    /** How often the report was tried: each attempt asks CloudWatch anew, and a retry counts as a state transition. */
    readonly reportAttempts: number;
    /** When the run began, epoch milliseconds; absent before it does. */
    readonly startedAtMs?: number;
  },
): HarnessUsage {
  const resultOf = new Map(run.results.map((result) => [result.trial.trialId, result]));
  const lanes = plan.lanes.map((lane) => ({
    service: lane.service,
    trials: lane.trials.map((trial) => computeLoops(plan, lane, trial, resultOf.get(trial.trialId))),
  }));
  const loops = lanes.flatMap(({ trials }) => trials);
  const trials = plan.lanes.flatMap((lane) => lane.trials);
  const { ticks, tickSeconds } = plan.input;
  const expectedGeneratorMs = ticks * tickSeconds * 1000;
  const sumOverTrials = (compute: (result: TrialResult | undefined) => number) =>
    trials.reduce((sum, trial) => sum + compute(resultOf.get(trial.trialId)), 0);
  return {
    stateTransitions: computeStateTransitions(lanes) + run.reportAttempts - 1,
    trials: trials.length,
    generatorInvocations: sumOverTrials((result) => 1 + (result?.publish.invocations ?? ticks)),
    generatorMs: sumOverTrials((result) => WARM_UP_MS + (result?.publish.generatorMs ?? expectedGeneratorMs)),
    acknowledgements: trials.length * ticks,
    counts: loops.reduce((sum, { warmUpCounts, arrivalCounts }) => sum + warmUpCounts + arrivalCounts, 0),
    tallies: countTallies(plan.lanes),
    collections: COLLECTIONS_EXPECTED,
    eventReceives: run.eventReceives ?? Math.ceil(run.objects / SQS.entriesPerCallMax),
    reports: run.reportAttempts,
    objects: run.objects,
    objectsRead: run.objectsRead,
    metrics: sumMetrics(plan) * run.reportAttempts,
    parameterReads: countParameterReads(plan),
    warmUps: computeWarmUps(plan),
    idleMs: computeIdleMs(plan, computeSpanMs(plan, run)),
  };
}

function sumMetrics({ lanes }: Pick<Plan, 'lanes'>): number {
  return lanes.reduce((sum, { service }) => sum + METRICS_PER_FUNCTION + METRICS_PER_SERVICE[service], 0);
}

function computeLoops(
  { input }: Pick<Plan, 'input'>,
  { service }: Lane,
  trial: Trial,
  result: TrialResult | undefined,
): TrialLoops {
  // EventBridge's window is the generator's own, and over with its last tick.
  const bufferedMs = service === 'eventbridge' ? 0 : computeBufferSeconds(trial) * 1000;
  // Delivery itself takes time too: nothing is expected to be there at the first count.
  const drainMs = result
    ? result.drainedMs - result.startMs - input.ticks * input.tickSeconds * 1000
    : bufferedMs + POLL_MS;
  const countsWithin = (spanMs: number) => 1 + Math.ceil(Math.max(0, spanMs) / POLL_MS);
  return {
    ticks: input.ticks,
    configureLooks: CONFIGURE_LOOKS_EXPECTED,
    warmUpCounts: countsWithin(bufferedMs),
    arrivalCounts: countsWithin(drainMs),
  };
}

/** Each lane's generator asks once for the key of the facts API, and the queue's once for its URL where that is stored there. */
function countParameterReads({ lanes, input }: Pick<Plan, 'lanes' | 'input'>): number {
  const asksForUrl = input.endpointLookup === 'ssm' && lanes.some(({ service }) => service === 'sqs');
  return lanes.length + (asksForUrl ? 1 : 0);
}

function computeWarmUps({ lanes, input }: Pick<Plan, 'lanes' | 'input'>): WarmUp[] {
  return lanes.map(({ service, trials }) => ({
    service,
    messages: trials.length * WARM_UP_MESSAGES,
    messageBytes: computeMessageBytes(input),
    isBufferedBriefly: trials.some(({ windowSeconds }) => windowSeconds < 60),
  }));
}

/** From the start until the report is made: to the last drain, where there is one. */
function computeSpanMs(
  { lanes, input }: Pick<Plan, 'lanes' | 'input'>,
  { results, startedAtMs }: { readonly results: readonly TrialResult[]; readonly startedAtMs?: number },
): number {
  if (results.length === 0 || startedAtMs === undefined) {
    return Math.max(...lanes.map((lane) => computeDurationSeconds(input, lane))) * 1000;
  }
  return Math.max(...results.map(({ drainedMs }) => drainedMs)) - startedAtMs + FRAME_SECONDS * 1000;
}

/** The load itself is on the trials' bills. */
function computeIdleMs({ lanes, input }: Pick<Plan, 'lanes' | 'input'>, spanMs: number): HarnessUsage['idleMs'] {
  const loadMs = input.ticks * input.tickSeconds * 1000;
  const idleOf = (service: Service) => {
    const lane = lanes.find((candidate) => candidate.service === service);
    return lane ? Math.max(0, spanMs - lane.trials.length * loadMs) : 0;
  };
  return { kinesis: idleOf('kinesis'), sqs: idleOf('sqs') };
}
