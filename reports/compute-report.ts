// From what is known of a run to what its report says.

import { computeHarnessCost } from '../model/cost/harness-cost.ts';
import { computeHarnessUsage } from '../model/cost/harness-usage.ts';
import { type LineItem, sumCostUsd } from '../model/cost/line-item.ts';
import { priceOf } from '../model/prices/price.ts';
import { computeChoice } from './compute-choice.ts';
import { computeHeadline } from './compute-headline.ts';
import { computeProjection } from './compute-projection.ts';
import { computeSettingReport, groupBySetting } from './compute-setting-report.ts';
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
  const settings = groupBySetting(facts.trials).map((setting) =>
    computeSettingReport(setting, input, environment.region),
  );
  const harness = computeHarness(facts);
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
    projection: computeProjection(settings, { region: environment.region, loadSeconds }),
    lanes: outcomes,
    unfinishedTrials: unfinishedTrials.map(({ trialId }) => trialId),
    strays,
    harness,
    prices: listPrices([...settings.flatMap(({ cost }) => cost.items), ...harness.items], environment.region),
    input,
    plan: { estimate: plan.estimate, trials },
  };
}

function computeHarness({ plan, trials, objects, reportAttempts, environment }: ReportFacts): ReportJson['harness'] {
  const results = trials.map(({ result }) => result);
  const usage = computeHarnessUsage(plan, { results, objects, reportAttempts });
  const items = computeHarnessCost(usage, environment.region);
  return { items, costUsd: sumCostUsd(items) };
}

function listPrices(items: readonly LineItem[], region: string): ReportJson['prices'] {
  const used = [...new Set(items.map(({ priceItem }) => priceItem))].sort();
  return used.map((item) => ({ item, ...priceOf(region, item) }));
}
