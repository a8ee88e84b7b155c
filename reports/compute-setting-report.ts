// One row of the report: the trials of one service and batch size, taken together.

import type { ResolvedInput } from '../model/input.ts';
import {
  computeEcdf,
  computeLatencySummary,
  countNegative,
  type LatencyCounts,
  mergeLatencyCounts,
} from '../model/latency-counts.ts';
import type { Service } from '../model/service.ts';
import { computeReconciliation } from './compute-reconciliation.ts';
import { computeLoadMs } from './compute-trial-usage.ts';
import type { SettingCost } from './cost-json.ts';
import type { TrialFacts } from './report-facts.ts';
import type { ColdStartReport, HopReport, PublishReport, SettingReport } from './report-json.ts';

const ECDF_POINTS = 100;

export interface SettingFacts {
  readonly service: Service;
  readonly batchSize: number;
  /** Not empty. */
  readonly trials: readonly [TrialFacts, ...TrialFacts[]];
}

/** The settings that at least one trial of ended, in order of first appearance. */
export function groupBySetting(trials: readonly TrialFacts[]): SettingFacts[] {
  const settings = new Map<string, SettingFacts>();
  for (const facts of trials) {
    const { service, batchSize } = facts.result.trial;
    const key = `${service}/${batchSize}`;
    const before = settings.get(key);
    settings.set(key, { service, batchSize, trials: before ? [...before.trials, facts] : [facts] });
  }
  return [...settings.values()];
}

export function computeSettingReport(setting: SettingFacts, input: ResolvedInput, cost: SettingCost): SettingReport {
  const { service, batchSize, trials } = setting;
  const sum = (compute: (facts: TrialFacts) => number) => trials.reduce((total, facts) => total + compute(facts), 0);
  const delivery = mergeLatencyCounts(trials.map(({ arrivals }) => arrivals.delivery));
  const arrival = mergeLatencyCounts(trials.map(({ arrivals }) => arrivals.arrival));
  const sent = sum(({ result }) => result.publish.sent);
  const arrived = sum(({ arrivals }) => arrivals.arrived);
  const lines = sum(({ arrivals }) => arrivals.lines);
  const invocations = sum(({ metrics }) => metrics.invocations);
  const { mechanism, limit } = trials[0].result.trial;
  return {
    service,
    batchSize,
    trials: trials.length,
    mechanism,
    ...(limit === undefined ? {} : { limit }),
    scheduled: sum(({ result }) => result.publish.scheduled),
    sent,
    gaveUp: sum(({ result }) => result.publish.gaveUp),
    arrived,
    lost: sum(computeLost),
    duplicates: lines - arrived,
    drainTimeouts: sum(({ result }) => (result.drainTimedOut ? 1 : 0)),
    invocations,
    durationMs: sum(({ metrics }) => metrics.durationMs),
    errors: sum(({ metrics }) => metrics.errors),
    throttles: sum(({ metrics }) => metrics.throttles),
    requestIds: sum(({ arrivals }) => arrivals.requestIds),
    coldStarts: computeColdStarts(trials),
    ...(invocations === 0 ? {} : { achievedBatchSize: lines / invocations }),
    delivery: computeLatencySummary(delivery),
    arrival: computeLatencySummary(arrival),
    arrivalEcdf: computeEcdf(arrival, ECDF_POINTS),
    hops: computeHops(trials),
    negative: { delivery: countNegative(delivery), arrival: countNegative(arrival) },
    arrivalBases: {
      event: sum(({ arrivals }) => arrivals.arrivalBases.event),
      second: sum(({ arrivals }) => arrivals.arrivalBases.second),
      'bounded-second': sum(({ arrivals }) => arrivals.arrivalBases['bounded-second']),
      receipt: sum(({ arrivals }) => arrivals.arrivalBases.receipt),
    },
    cost,
    publish: computePublish(setting, input),
    reconciliation: computeReconciliation(trials),
  };
}

/** A publish that was given up may have got through all the same, so more than was sent can arrive: that is no negative loss. */
function computeLost({ result, arrivals }: TrialFacts): number {
  return Math.max(0, result.publish.sent - arrivals.arrived);
}

function computeColdStarts(trials: SettingFacts['trials']): ColdStartReport {
  const coldStarts = trials.map(({ arrivals }) => arrivals.coldStarts);
  const invocations = coldStarts.reduce((sum, cold) => sum + cold.invocations, 0);
  const initMs = coldStarts.reduce((sum, cold) => sum + cold.initMs, 0);
  return {
    invocations,
    ...(invocations > 0 && { initMsMean: initMs / invocations }),
    delivery: computeLatencySummary(mergeLatencyCounts(coldStarts.map(({ delivery }) => delivery))),
  };
}

/** All trials of a service have the same hops. */
function computeHops(trials: SettingFacts['trials']): HopReport[] {
  return trials[0].arrivals.hops.map(({ from, to }, index) => {
    const parts: LatencyCounts[] = trials.map(({ arrivals }) => arrivals.hops[index]?.latency ?? []);
    const latency = mergeLatencyCounts(parts);
    return { from, to, latency: computeLatencySummary(latency), negative: countNegative(latency) };
  });
}

function computePublish({ trials }: SettingFacts, input: ResolvedInput): PublishReport {
  const totals = trials.map(({ result }) => result.publish);
  const sum = (compute: (publish: (typeof totals)[number]) => number) =>
    totals.reduce((total, publish) => total + compute(publish), 0);
  return {
    messagesPerSecond: (sum(({ scheduled }) => scheduled) * 1000) / (trials.length * computeLoadMs(input)),
    calls: sum(({ calls }) => calls),
    retriedEntries: sum(({ retriedEntries }) => retriedEntries),
    entries: sum(({ entries }) => entries),
    billedUnits: sum(({ billedUnits }) => billedUnits),
    bytes: sum(({ bytes }) => bytes),
    invocations: sum(({ invocations }) => invocations),
    generatorMs: sum(({ generatorMs }) => generatorMs),
    lateMsMax: Math.max(...totals.map(({ lateMsMax }) => lateMsMax)),
    endpointLookups: sum(({ endpointLookups }) => endpointLookups),
    endpointLookupMs: sum(({ endpointLookupMs }) => endpointLookupMs),
    factSources: [...new Set(totals.map(({ factSource }) => factSource))].sort(),
  };
}
