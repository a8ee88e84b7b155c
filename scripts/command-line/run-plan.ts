// The plan that an execution would make of an input: the same code, asked before anything is started.

import { parseInput } from '../../model/input.ts';
import { computePlan } from '../../model/plan.ts';
import type { Plan } from '../../model/trial.ts';

/** @throws {InvalidInputError} and the other refusals of planning. */
export function computeRunPlan(request: {
  rawInput: Readonly<Record<string, unknown>>;
  runId: string;
  region: string;
}): Plan {
  return computePlan({
    input: parseInput(request.rawInput),
    runId: request.runId,
    startedAtMs: 0,
    region: request.region,
  });
}

export function countTrials(plan: Plan): number {
  return plan.lanes.reduce((sum, lane) => sum + lane.trials.length, 0);
}
