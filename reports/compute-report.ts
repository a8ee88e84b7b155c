// From what is known of a run to what its report says.

import { computeBatchSteps } from './compute-batch-steps.ts';
import { computeChoice, findLossless } from './compute-choice.ts';
import { computeComparisons, computeIntervals } from './compute-comparisons.ts';
import { computeHeadline } from './compute-headline.ts';
import { computeProjection } from './compute-projection.ts';
import { computeRunCosts } from './compute-run-costs.ts';
import { computeSettingReport } from './compute-setting-report.ts';
import { findInvalidities, findProblems } from './find-problems.ts';
import type { ReportFacts } from './report-facts.ts';
import { REPORT_SCHEMA_VERSION, type ReportJson } from './report-json.ts';
import { resampleSetting } from './resample-setting.ts';

/**
 * The same facts give the same report, to the byte: nothing in it depends on when or where it is made.
 * @throws {UnknownPriceError} when the run's Region has no confirmed price for something that it used.
 */
export function computeReport(facts: ReportFacts): ReportJson {
  const { plan, environment, outcomes, strays, unknownTrials, collection, untalliedTrials, tallyFailures } = facts;
  const { input } = plan;
  const costs = computeRunCosts(facts);
  const grouped = costs.settings.map(({ setting, cost }) => ({
    setting: computeSettingReport(setting, input, cost),
    resampled: resampleSetting(setting, input, environment.region),
  }));
  const settings = grouped.map(({ setting, resampled }) => {
    const intervals = computeIntervals(resampled);
    return intervals ? { ...setting, intervals } : setting;
  });
  const trials = plan.lanes.flatMap((lane) => lane.trials);
  const finished = new Set([...facts.trials.map(({ result }) => result.trial.trialId), ...untalliedTrials]);
  const unfinishedTrials = trials.filter(({ trialId }) => !finished.has(trialId));
  const loadSeconds = input.ticks * input.tickSeconds;
  const choice = computeChoice(settings, input.thresholds);
  const invalidities = findInvalidities({ settings, strays, unknownTrials });
  const problems = [
    ...invalidities,
    ...findProblems({
      settings,
      lanes: outcomes,
      collection,
      untalliedTrials,
      tallyFailures,
      unfinishedTrials,
      input,
    }),
  ];
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    runId: plan.runId,
    environment,
    startedAt: new Date(plan.startedAtMs).toISOString(),
    verdict: computeVerdict(invalidities, problems),
    problems,
    headline: computeHeadline(findLossless(settings, input.thresholds), choice),
    settings,
    comparisons: computeComparisons(grouped.map(({ resampled }) => resampled)),
    choice,
    batchSteps: computeBatchSteps(settings),
    projection: computeProjection(settings, { region: environment.region, loadSeconds }),
    lanes: outcomes,
    unfinishedTrials: [...unfinishedTrials.map(({ trialId }) => trialId), ...untalliedTrials],
    strays,
    unknownTrials,
    collection,
    harness: costs.harness,
    prices: costs.prices,
    input,
    plan: { estimate: plan.estimate, trials },
  };
}

/** A run that does not reconcile may have failed as well; nobody can tell. */
function computeVerdict(invalidities: readonly string[], problems: readonly string[]): ReportJson['verdict'] {
  if (invalidities.length > 0) return 'invalid';
  return problems.length > 0 ? 'failed' : 'good';
}
