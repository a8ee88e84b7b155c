// Why a run is not good, in sentences that end up in the execution's cause.

import type { ResolvedInput } from '../model/input.ts';
import { computeSamplesNeeded } from '../model/latency-counts.ts';
import { SERVICE_TITLES } from '../model/service.ts';
import type { StrayLines, TallyFailure } from '../model/tally.ts';
import type { LaneOutcome, Trial } from '../model/trial.ts';
import { formatCount, formatMs, formatNoun, formatUsdPerMillion } from './format-number.ts';
import type { SettingReport } from './report-json.ts';

/** Empty when everything sent has arrived, the books balance and no threshold was crossed. */
export function findProblems(run: {
  readonly settings: readonly SettingReport[];
  readonly lanes: readonly LaneOutcome[];
  /** Planned trials that left no result. */
  readonly unfinishedTrials: readonly Trial[];
  readonly tallyFailures: readonly TallyFailure[];
  readonly strays: StrayLines;
  readonly unknownTrials: readonly string[];
  readonly input: ResolvedInput;
}): string[] {
  return [
    ...run.lanes.flatMap(describeFailedLane),
    ...run.tallyFailures.map(describeTallyFailure),
    ...findMissingResults(run.unfinishedTrials, run.lanes),
    ...run.settings.flatMap((setting) => [
      ...findLoss(setting, run.input),
      ...findImbalance(setting),
      ...findCrossedThresholds(setting, run.input),
    ]),
    ...findStrays(run.strays),
    ...findUnknownTrials(run.unknownTrials),
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

function describeTallyFailure({ trialIds, error, cause }: TallyFailure): string {
  return `The arrivals of ${trialIds.join(', ')} could not be counted: ${error}: ${cause.replace(/\.\s*$/, '')}`;
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

function findImbalance(setting: SettingReport): string[] {
  const { publishBalances, arrivalsBalance, invocationsBalance, requestIdsInWindow } = setting.reconciliation;
  const problems: string[] = [];
  if (!publishBalances) {
    problems.push(
      `${nameSetting(setting)} does not reconcile: ${formatCount(setting.scheduled)} scheduled, but ${formatCount(setting.sent)} sent and ${formatCount(setting.gaveUp)} given up`,
    );
  }
  if (!arrivalsBalance) {
    problems.push(
      `${nameSetting(setting)} does not reconcile: ${formatCount(setting.arrived)} arrived, but only ${formatCount(setting.sent)} count as sent`,
    );
  }
  if (!invocationsBalance) {
    problems.push(
      `${nameSetting(setting)} does not reconcile: CloudWatch counted ${formatNoun(setting.invocations, 'invocation')} (${formatNoun(setting.errors, 'error')}), but ${formatCount(requestIdsInWindow)} left a line in S3`,
    );
  }
  return problems;
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
