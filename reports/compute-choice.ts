// Which setting to take: what is worth considering at all, what meets a latency goal at the least cost, and where larger batches
// stop paying.

import type { ResolvedInput } from '../model/input.ts';
import { SERVICES, type Service } from '../model/service.ts';
import type { Choice, ChosenSetting, LatencyGoal, RatedSetting } from './choice-json.ts';
import type { SettingReport } from './report-json.ts';

/** Goals for the p99 of arrival, in milliseconds, from interactive work to the patience of a nightly job. */
export const P99_GOALS_MS: readonly number[] = [500, 1000, 5000, 30_000, 120_000];
/** The goal that the recommendation goes by when the run's thresholds name none. */
const DEFAULT_GOAL_MS = 5000;
/** A batch size is large enough when no larger one is cheaper by more than this share. */
export const KNEE_TOLERANCE = 0.05;

/** Settings without a cost or a p99 take no part: too few of their messages arrived to judge them. Nor do those that lost messages. */
export function computeChoice(settings: readonly SettingReport[], thresholds: ResolvedInput['thresholds']): Choice {
  const lossless = findLossless(settings, thresholds);
  const candidates = lossless.flatMap(toCandidate);
  const p99GoalMs = thresholds?.p99ArrivalMs;
  const goalMs = p99GoalMs ?? DEFAULT_GOAL_MS;
  const goalsMs = [...new Set([...P99_GOALS_MS, goalMs])].sort((a, b) => a - b);
  return {
    front: computeFront(candidates),
    goals: goalsMs.map((p99ArrivalMsMax) => computeGoal(candidates, p99ArrivalMsMax)),
    knees: SERVICES.flatMap((service) => computeKnee(lossless, service)),
    recommendation: computeGoal(candidates, goalMs),
    isGoalGiven: p99GoalMs !== undefined,
    unjudged: lossless.length - candidates.length,
    lossy: settings
      .filter((setting) => !lossless.includes(setting))
      .map(({ service, batchSize, lost }) => ({ service, batchSize, lost })),
  };
}

/** Those that lost no more than the run's threshold tolerates, which is nothing where there is none. */
export function findLossless(
  settings: readonly SettingReport[],
  thresholds: ResolvedInput['thresholds'],
): SettingReport[] {
  return settings.filter(({ lost }) => lost <= (thresholds?.lostMessages ?? 0));
}

function toCandidate({ service, batchSize, cost, arrival, achievedBatchSize }: SettingReport): ChosenSetting[] {
  const { perMillionUsd } = cost;
  const p99Ms = arrival.quantilesMs[0.99];
  if (perMillionUsd === undefined || p99Ms === undefined || achievedBatchSize === undefined) return [];
  return [{ service, batchSize, perMillionUsd, p99Ms, achievedBatchSize }];
}

/**
 * The Pareto front: settings that no other setting beats in cost without losing in p99, or the other way round. Cheapest
 * first, so that each is slower to be cheaper than the one after it.
 */
export function computeFront<T extends RatedSetting>(candidates: readonly T[]): T[] {
  const cheapestFirst = candidates.toSorted((a, b) => a.perMillionUsd - b.perMillionUsd || a.p99Ms - b.p99Ms);
  const front: T[] = [];
  for (const candidate of cheapestFirst) {
    const last = front.at(-1);
    if (!last || candidate.p99Ms < last.p99Ms) front.push(candidate);
  }
  return front;
}

function computeGoal(candidates: readonly ChosenSetting[], p99ArrivalMsMax: number): LatencyGoal {
  const cheapest = candidates
    .filter(({ p99Ms }) => p99Ms <= p99ArrivalMsMax)
    .toSorted((a, b) => a.perMillionUsd - b.perMillionUsd || a.p99Ms - b.p99Ms)[0];
  return { p99ArrivalMsMax, ...(cheapest && { setting: cheapest }) };
}

/** The smallest batch size within `KNEE_TOLERANCE` of the service's lowest cost. */
function computeKnee(settings: readonly SettingReport[], service: Service): Choice['knees'] {
  const priced = settings
    .filter((setting) => setting.service === service)
    .flatMap(({ batchSize, cost: { perMillionUsd } }) =>
      perMillionUsd === undefined ? [] : [{ batchSize, perMillionUsd }],
    )
    .sort((a, b) => a.batchSize - b.batchSize);
  const leastUsd = Math.min(...priced.map(({ perMillionUsd }) => perMillionUsd));
  const knee = priced.find(({ perMillionUsd }) => perMillionUsd <= leastUsd * (1 + KNEE_TOLERANCE));
  return knee && priced.length > 1 ? [{ service, ...knee, leastUsd }] : [];
}
