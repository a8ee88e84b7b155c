// From what is known of a run to what its report says.

import { computeBatchSteps } from './compute-batch-steps.ts';
import { computeChoice } from './compute-choice.ts';
import { computeHeadline } from './compute-headline.ts';
import { computeProjection } from './compute-projection.ts';
import { computeRunCosts } from './compute-run-costs.ts';
import { computeSettingReport } from './compute-setting-report.ts';
import { findProblems } from './find-problems.ts';
import type { ReportFacts } from './report-facts.ts';
import { REPORT_SCHEMA_VERSION, type ReportJson } from './report-json.ts';

/**
 * The same facts give the same report, to the byte: nothing in it depends on when or where it is made.
 * @throws {UnknownPriceError} when the run's Region has no confirmed price for something that it used.
 */
export function computeReport(facts: ReportFacts): ReportJson {
  const { plan, environment, outcomes, strays } = facts;
  const { input } = plan;
  const costs = computeRunCosts(facts);
  const settings = costs.settings.map(({ setting, cost }) => computeSettingReport(setting, input, cost));
  const trials = plan.lanes.flatMap((lane) => lane.trials);
  const finished = new Set(facts.trials.map(({ result }) => result.trial.trialId));
  const unfinishedTrials = trials.filter(({ trialId }) => !finished.has(trialId));
  const loadSeconds = input.ticks * input.tickSeconds;
  const choice = computeChoice(settings, input.thresholds?.p99ArrivalMs);
  const problems = findProblems({ settings, lanes: outcomes, unfinishedTrials, strays, input });
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    runId: plan.runId,
    environment,
    startedAt: new Date(plan.startedAtMs).toISOString(),
    verdict: problems.length === 0 ? 'good' : 'failed',
    problems,
    headline: computeHeadline(settings, choice),
    settings,
    choice,
    batchSteps: computeBatchSteps(settings),
    projection: computeProjection(settings, { region: environment.region, loadSeconds }),
    lanes: outcomes,
    unfinishedTrials: unfinishedTrials.map(({ trialId }) => trialId),
    strays,
    harness: costs.harness,
    prices: costs.prices,
    input,
    plan: { estimate: plan.estimate, trials },
  };
}
