// What a run is expected to cost, before anything is published.

import type { Plan, Trial } from '../trial.ts';
import { computeExpectedUsage } from './expected-usage.ts';
import { computeHarnessCost } from './harness-cost.ts';
import { computeHarnessUsage } from './harness-usage.ts';
import { sumCostUsd } from './line-item.ts';
import { computeTrialCost } from './trial-cost.ts';

export interface TrialEstimate {
  readonly trialId: string;
  /** Of the consumer. */
  readonly invocations: number;
  /** Objects that the messages end up in. */
  readonly objects: number;
  readonly costUsd: number;
}

export interface CostEstimate {
  /** In the plan's order. */
  readonly trials: readonly TrialEstimate[];
  readonly harnessUsd: number;
  /** The trials' and the harness's. */
  readonly costUsd: number;
}

/** @throws {UnknownPriceError} when `region` has no confirmed price for something the run would use. */
export function computeCostEstimate(plan: Pick<Plan, 'lanes' | 'input'>, region: string): CostEstimate {
  const trials = plan.lanes.flatMap((lane) => lane.trials.map((trial) => estimateTrial(plan, trial, region)));
  const objects = trials.reduce((sum, trial) => sum + trial.objects, 0);
  // Of the others' objects only those of large batches have to be read, and these are few.
  const objectsRead = plan.lanes
    .filter(({ service }) => service === 'firehose')
    .flatMap((lane) => lane.trials.map(({ trialId }) => trialId))
    .reduce((sum, trialId) => sum + (trials.find((trial) => trial.trialId === trialId)?.objects ?? 0), 0);
  const harnessUsage = computeHarnessUsage(plan, { results: [], objects, objectsRead, reportAttempts: 1 });
  const harnessUsd = sumCostUsd(computeHarnessCost(harnessUsage, region));
  return { trials, harnessUsd, costUsd: trials.reduce((sum, { costUsd }) => sum + costUsd, harnessUsd) };
}

function estimateTrial(plan: Pick<Plan, 'input'>, trial: Trial, region: string): TrialEstimate {
  const usage = computeExpectedUsage(plan, trial);
  const { invocations, objects } = usage;
  return { trialId: trial.trialId, invocations, objects, costUsd: sumCostUsd(computeTrialCost(usage, region)) };
}
