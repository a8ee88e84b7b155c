// Why a run is not good, in sentences that end up in the execution's cause.

import type { ResolvedInput } from '../model/input.ts';
import { computeSamplesNeeded } from '../model/latency-counts.ts';
import { SERVICE_TITLES } from '../model/service.ts';
import type { Collection, StrayLines, TallyFailure } from '../model/tally.ts';
import type { LaneOutcome, Trial } from '../model/trial.ts';
import { formatCount, formatMs, formatNoun, formatUsdPerMillion } from './format-number.ts';
import type { BookCheck, Disagreement } from './reconciliation-json.ts';
import type { SettingReport } from './report-json.ts';

/** Why no figure of the run is to be relied on: empty when every exact book balances and every line is accounted for. */
export function findInvalidities(run: {
  readonly settings: readonly SettingReport[];
  readonly strays: StrayLines;
  readonly unknownTrials: readonly string[];
}): string[] {
  return [...run.settings.flatMap(findImbalances), ...findStrays(run.strays), ...findUnknownTrials(run.unknownTrials)];
}

/** What else keeps the run from being good: empty when everything sent has arrived and no threshold was crossed. */
export function findProblems(run: {
  readonly settings: readonly SettingReport[];
  readonly lanes: readonly LaneOutcome[];
  /** Planned trials that left no result. */
  readonly unfinishedTrials: readonly Trial[];
  readonly collection: Collection;
  /** Trials that ended, and left no tally. */
  readonly untalliedTrials: readonly string[];
  readonly tallyFailures: readonly TallyFailure[];
  readonly input: ResolvedInput;
}): string[] {
  return [
    ...run.lanes.flatMap(describeFailedLane),
    ...describeCollectionFailure(run.collection),
    ...run.tallyFailures.map(describeTallyFailure),
    ...describeUntallied(run.untalliedTrials, run.tallyFailures),
    ...findMissingResults(run.unfinishedTrials, run.lanes),
    ...run.settings.flatMap((setting) => [
      ...findLoss(setting, run.input),
      ...findCrossedThresholds(setting, run.input),
    ]),
  ];
}

/** `SQS at batch size 10`. */
export function nameSetting({ service, batchSize }: Pick<SettingReport, 'service' | 'batchSize'>): string {
  return `${SERVICE_TITLES[service]} at batch size ${formatCount(batchSize)}`;
}

function describeFailedLane(lane: LaneOutcome): string[] {
  if (lane.status === 'completed') return [];
  return [`The lane of ${SERVICE_TITLES[lane.service]} failed with ${lane.error}: ${lane.cause.replace(/\.\s*$/, '')}`];
}

function describeCollectionFailure({ failure }: Collection): string[] {
  if (!failure) return [];
  const { error, cause } = failure;
  return [
    `S3's events of the arrivals could not all be collected, and LastModified stands in for them: ${error}: ${cause.replace(/\.\s*$/, '')}`,
  ];
}

function describeTallyFailure({ trialIds, error, cause }: TallyFailure): string {
  return `The arrivals of ${trialIds.join(', ')} could not be counted: ${error}: ${cause.replace(/\.\s*$/, '')}`;
}

/** A failure explains its own trials; one that was stopped by hand left none. */
function describeUntallied(untalliedTrials: readonly string[], failures: readonly TallyFailure[]): string[] {
  const explained = new Set(failures.flatMap(({ trialIds }) => trialIds));
  const others = untalliedTrials.filter((trialId) => !explained.has(trialId));
  return others.length === 0 ? [] : [`The arrivals of ${others.join(', ')} were not counted, and nothing says why`];
}

/** A lane that failed explains its own missing trials. */
function findMissingResults(unfinishedTrials: readonly Trial[], lanes: readonly LaneOutcome[]): string[] {
  const completed = lanes.filter(({ status }) => status === 'completed').map(({ service }) => service);
  return unfinishedTrials
    .filter(({ service }) => completed.includes(service))
    .map(
      ({ trialId, service }) =>
        `Trial ${trialId} left no result, though the lane of ${SERVICE_TITLES[service]} completed`,
    );
}

function findLoss(setting: SettingReport, input: ResolvedInput): string[] {
  const problems: string[] = [];
  const tolerated = input.thresholds?.lostMessages ?? 0;
  if (setting.lost > tolerated) {
    const threshold = tolerated > 0 ? `, above the threshold of ${formatCount(tolerated)}` : '';
    problems.push(
      `${nameSetting(setting)} lost ${formatCount(setting.lost)} of ${formatNoun(setting.sent, 'message')}${threshold}`,
    );
  }
  if (setting.gaveUp > 0) {
    problems.push(
      `${nameSetting(setting)}: publishing ${formatCount(setting.gaveUp)} of ${formatNoun(setting.scheduled, 'message')} was given up`,
    );
  }
  return problems;
}

/** By trial, in a setting that has several. */
function findImbalances(setting: SettingReport): string[] {
  return setting.reconciliation.checks
    .filter(({ kind }) => kind === 'exact')
    .flatMap((check) =>
      check.disagreements.map((disagreement) => {
        const trial = setting.trials > 1 ? ` in trial ${disagreement.trialId}` : '';
        return `${nameSetting(setting)} does not reconcile${trial}: ${describeDisagreement(check, disagreement)}`;
      }),
    );
}

/** `49 invocations billed, by CloudWatch (Invocations), against 50 by request id in S3: 1 fewer`. */
export function describeDisagreement({ unit, what }: BookCheck, disagreement: Disagreement): string {
  const { expected, found, difference, tolerance } = disagreement;
  const size = `${formatCount(Math.abs(difference))} ${difference < 0 ? 'fewer' : 'more'}`;
  const explained = difference > 0 && tolerance > 0 ? `, of which ${formatCount(tolerance)} may be explained` : '';
  return `${formatNoun(found, unit)} ${what.found}, against ${formatCount(expected)} ${what.expected}: ${size}${explained}`;
}

function findCrossedThresholds(setting: SettingReport, { thresholds }: ResolvedInput): string[] {
  const problems: string[] = [];
  const { quantilesMs, count } = setting.arrival;
  const p99Ms = quantilesMs[0.99];
  const p99ArrivalMs = thresholds?.p99ArrivalMs;
  if (p99ArrivalMs !== undefined && p99Ms === undefined) {
    problems.push(
      `${nameSetting(setting)}: the threshold p99ArrivalMs cannot be judged by ${formatNoun(count, 'arrival')}; a p99 takes ${computeSamplesNeeded(0.99)}`,
    );
  }
  if (p99ArrivalMs !== undefined && p99Ms !== undefined && p99Ms > p99ArrivalMs) {
    problems.push(
      `${nameSetting(setting)}: arrival p99 was ${formatMs(p99Ms)} ms, above the threshold of ${formatMs(p99ArrivalMs)} ms`,
    );
  }
  const { perMillionUsd } = setting.cost;
  const costPerMillionUsd = thresholds?.costPerMillionUsd;
  if (costPerMillionUsd !== undefined && perMillionUsd !== undefined && perMillionUsd > costPerMillionUsd) {
    problems.push(
      `${nameSetting(setting)}: a million messages cost $${formatUsdPerMillion(perMillionUsd)}, above the threshold of $${formatUsdPerMillion(costPerMillionUsd)}`,
    );
  }
  return problems;
}

function findStrays({ unknown, unreadable }: StrayLines): string[] {
  const problems: string[] = [];
  if (unknown > 0)
    problems.push(
      `${formatNoun(unknown, 'line')} under the run's prefix named a trial or a sequence that the plan does not have`,
    );
  if (unreadable > 0)
    problems.push(`${formatNoun(unreadable, 'line')} under the run's prefix could not be read as a message`);
  return problems;
}

function findUnknownTrials(unknownTrials: readonly string[]): string[] {
  if (unknownTrials.length === 0) return [];
  return [`Under the run's prefix there are arrivals of no planned trial: ${unknownTrials.join(', ')}`];
}
