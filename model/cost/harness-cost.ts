// What the harness itself costs: it drives and counts, and is no part of the comparison.

import { computeBufferSeconds } from '../duration.ts';
import type { Service } from '../service.ts';
import type { Lane, Plan, Trial, TrialResult } from '../trial.ts';
import { computeGbSeconds, FUNCTION_MEMORY_MBS, REPORT_FUNCTION_MEMORY_MBS } from './lambda-billing.ts';
import { computeLineItem, type LineItem } from './line-item.ts';
import { CONFIGURE_LOOKS_EXPECTED, computeStateTransitions, type TrialLoops } from './state-transitions.ts';

export interface HarnessUsage {
  readonly stateTransitions: number;
  /** Of the generator; warm-up included. */
  readonly generatorInvocations: number;
  readonly generatorMs: number;
  /** Of the function that counts arrivals. */
  readonly counts: number;
  /** Objects under `arrivals/` that the reporter reads, over all attempts. */
  readonly objects: number;
  /** Metrics asked of CloudWatch, over all attempts. */
  readonly metrics: number;
}

/** Metrics that the report asks for: these of each lane's function, and these of the service itself. */
const METRICS_PER_FUNCTION = 4;
const METRICS_PER_SERVICE: Readonly<Record<Service, number>> = { eventbridge: 1, sqs: 4, kinesis: 2, firehose: 2 };

/** The pause of the state machine's loops that look whether something has come true. */
const POLL_MS = 10_000;
const LIST_PAGE_OBJECTS = 1000;
/** Assumed durations: of the generator's warm-up, of one count, and of the report. */
const WARM_UP_MS = 300;
const COUNT_MS = 200;
const REPORT_MS_BASE = 3000;
const REPORT_MS_PER_OBJECT = 3;

/** The harness's bill. @throws {UnknownPriceError} */
export function computeHarnessCost(usage: HarnessUsage, region: string): LineItem[] {
  const reportMs = REPORT_MS_BASE + usage.objects * REPORT_MS_PER_OBJECT;
  const countMs = usage.counts * COUNT_MS;
  return [
    computeLineItem(region, {
      category: 'fixed',
      item: 'Step Functions transitions',
      priceItem: 'states.transition',
      quantity: usage.stateTransitions,
      formula: "states entered, as the definition and the loops' turns have it",
    }),
    computeLineItem(region, {
      category: 'lambda-requests',
      item: 'Lambda requests',
      priceItem: 'lambda.request',
      quantity: usage.generatorInvocations + usage.counts + 2,
      formula: 'generator, counter, planner and reporter',
    }),
    computeLineItem(region, {
      category: 'lambda-duration',
      item: 'Generator duration',
      priceItem: 'lambda.gb-second-arm64',
      quantity: computeGbSeconds({
        invocations: usage.generatorInvocations,
        durationMs: usage.generatorMs,
        initMs: 0,
        memoryMbs: FUNCTION_MEMORY_MBS,
      }),
      formula: "a tick's invocation lasts as long as the tick publishes",
    }),
    computeLineItem(region, {
      category: 'lambda-duration',
      item: 'Counter and reporter duration',
      priceItem: 'lambda.gb-second-arm64',
      quantity:
        computeGbSeconds({
          invocations: usage.counts,
          durationMs: countMs,
          initMs: 0,
          memoryMbs: FUNCTION_MEMORY_MBS,
        }) +
        computeGbSeconds({ invocations: 1, durationMs: reportMs, initMs: 0, memoryMbs: REPORT_FUNCTION_MEMORY_MBS }),
      formula: `assumed: ${COUNT_MS} ms a count, ${REPORT_MS_BASE} ms and ${REPORT_MS_PER_OBJECT} ms an object for the report`,
    }),
    computeLineItem(region, {
      category: 's3',
      item: 'S3 LIST requests',
      priceItem: 's3.put',
      quantity: usage.counts + Math.ceil(usage.objects / LIST_PAGE_OBJECTS),
      formula: "a page for each count, and the report's pages of 1,000 objects",
    }),
    computeLineItem(region, {
      category: 's3',
      item: 'S3 GET requests',
      priceItem: 's3.get',
      quantity: usage.objects,
      formula: 'the report reads each object once, every time it is tried',
    }),
    computeLineItem(region, {
      category: 'fixed',
      item: 'CloudWatch metrics',
      priceItem: 'cloudwatch.metric-requested',
      quantity: usage.metrics,
      formula: 'metrics asked for in GetMetricData',
    }),
  ];
}

/**
 * What a run takes of the harness. Trials with a result count as they went; of the others, and of what leaves no mark
 * (how often a setting was looked at), the expected value.
 */
export function computeHarnessUsage(
  plan: Pick<Plan, 'lanes' | 'input'>,
  run: {
    readonly results: readonly TrialResult[];
    /** In the bucket under `arrivals/`. */
    readonly objects: number;
    /** How often the report was tried: each attempt asks CloudWatch anew, and a retry counts as a state transition. */
    readonly reportAttempts: number;
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
    generatorInvocations: sumOverTrials((result) => 1 + (result?.publish.invocations ?? ticks)),
    generatorMs: sumOverTrials((result) => WARM_UP_MS + (result?.publish.generatorMs ?? expectedGeneratorMs)),
    counts: loops.reduce((sum, { warmUpCounts, arrivalCounts }) => sum + warmUpCounts + arrivalCounts, 0),
    objects: run.objects * run.reportAttempts,
    metrics: sumMetrics(plan) * run.reportAttempts,
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
  const drainMs = result ? result.drainedMs - result.startMs - input.ticks * input.tickSeconds * 1000 : bufferedMs;
  const countsWithin = (spanMs: number) => 1 + Math.ceil(Math.max(0, spanMs) / POLL_MS);
  return {
    ticks: input.ticks,
    configureLooks: CONFIGURE_LOOKS_EXPECTED,
    warmUpCounts: countsWithin(bufferedMs),
    arrivalCounts: countsWithin(drainMs),
  };
}
