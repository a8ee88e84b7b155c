// `showdown plan`: what a run would do, take and cost.

import { markdownTable } from 'markdown-table';
import { SERVICE_TITLES } from '../../model/service.ts';
import type { Plan } from '../../model/trial.ts';
import { EMULATED_REGION } from './emulated-environment.ts';
import { EXIT_GOOD } from './exit-codes.ts';
import { computeRunPlan, countTrials } from './run-plan.ts';
import { renderCount, renderDuration } from './terminal.ts';

const COLUMNS = ['service', 'batch size', 'messages', 'mechanism', 'limit'];

/**
 * Prints the plan for the prices of AWS_REGION, us-east-1 where that is not set. Gives the exit code.
 * @throws {InvalidInputError} and the other refusals of planning.
 */
export function showPlan(options: { rawInput: Readonly<Record<string, unknown>>; json: boolean }): number {
  const region = process.env.AWS_REGION ?? EMULATED_REGION;
  const plan = computeRunPlan({ rawInput: options.rawInput, runId: 'plan', region });
  process.stdout.write(options.json ? `${JSON.stringify(plan, null, 2)}\n` : renderPlan(plan, region));
  return EXIT_GOOD;
}

function renderPlan(plan: Plan, region: string): string {
  const { costUsd, durationSeconds, historyEventsPerLane } = plan.estimate;
  const rows = plan.lanes
    .flatMap((lane) => lane.trials)
    .map((trial) => [
      SERVICE_TITLES[trial.service],
      String(trial.batchSize),
      String(trial.messages),
      trial.mechanism,
      trial.limit ?? '',
    ]);
  return [
    markdownTable([COLUMNS, ...rows], { align: ['l', 'r', 'r', 'l', 'l'] }),
    '',
    `${renderCount(countTrials(plan), 'trial')} in ${renderCount(plan.lanes.length, 'lane')} side by side, about ${renderDuration(durationSeconds * 1000)}`,
    `about $${costUsd.toFixed(4)} at list price in ${region}, harness included (costLimitUsd is ${plan.input.costLimitUsd})`,
    `up to ${historyEventsPerLane} of 25000 history events in a lane`,
    '',
  ].join('\n');
}
