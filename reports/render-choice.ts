// Which setting to take, for people.

import { computeSamplesNeeded } from '../model/latency-counts.ts';
import { SERVICE_TITLES } from '../model/service.ts';
import type { Choice, ChosenSetting, LatencyGoal } from './choice-json.ts';
import { KNEE_TOLERANCE } from './compute-choice.ts';
import { nameSetting } from './find-problems.ts';
import {
  ABSENT,
  formatCount,
  formatDecimal,
  formatMs,
  formatNoun,
  formatPercent,
  formatUsdPerMillion,
} from './format-number.ts';
import { left, renderTable, right } from './render-table.ts';
import { isSameSetting } from './setting-id.ts';

/** One sentence with its numbers. */
export function renderRecommendation(choice: Choice): string {
  const { recommendation, front, isGoalGiven } = choice;
  const goal = `${formatGoal(recommendation)}${isGoalGiven ? ', the goal of this run' : ''}`;
  const { setting } = recommendation;
  const fastest = front.at(-1);
  if (!fastest) return `No setting can be recommended: ${explainNothing(choice)}.`;
  if (!setting) {
    return `No setting brings 99 % of its messages into S3 within ${goal}; the fastest is ${describe(fastest)}.`;
  }
  const comparison = isSameSetting(setting, fastest)
    ? 'it is the fastest too'
    : `the fastest, ${describe(fastest)}, costs ${formatTimes(fastest.perMillionUsd / setting.perMillionUsd)} as much`;
  return `Recommended: ${describe(setting)}, the cheapest within ${goal}; ${comparison}.`;
}

function explainNothing({ lossy, unjudged }: Choice): string {
  const few = `a p99 takes ${formatCount(computeSamplesNeeded(0.99))} messages that arrived`;
  if (lossy.length === 0) return few;
  return unjudged === 0 ? 'each of them lost messages' : `those that lost none are too small, as ${few}`;
}

export function renderChoice(choice: Choice): string {
  if (choice.front.length === 0) return `${renderRecommendation(choice)}\n${renderUnjudged(choice)}`;
  return `${renderRecommendation(choice)}

The cheapest setting for each goal, the goal being a limit for the p99 of arrival:

${renderGoals(choice.goals)}

Settings that no other beats in both cost and p99 (the Pareto front), cheapest first:

${renderTable(choice.front, SETTING_COLUMNS)}
${renderKnees(choice)}${renderUnjudged(choice)}`;
}

const SETTING_COLUMNS = [
  left<ChosenSetting>('service', ({ service }) => SERVICE_TITLES[service]),
  right<ChosenSetting>('batch size', ({ batchSize }) => formatCount(batchSize)),
  right<ChosenSetting>('$ per million', ({ perMillionUsd }) => formatUsdPerMillion(perMillionUsd)),
  right<ChosenSetting>('arrival p99 (ms)', ({ p99Ms }) => formatMs(p99Ms)),
];

function renderGoals(goals: readonly LatencyGoal[]): string {
  const cell = (render: (setting: ChosenSetting) => string) => (goal: LatencyGoal) =>
    goal.setting ? render(goal.setting) : ABSENT;
  return renderTable(goals, [
    right('p99 within', formatGoal),
    left(
      'service',
      cell(({ service }) => SERVICE_TITLES[service]),
    ),
    right(
      'batch size',
      cell(({ batchSize }) => formatCount(batchSize)),
    ),
    right(
      '$ per million',
      cell(({ perMillionUsd }) => formatUsdPerMillion(perMillionUsd)),
    ),
    right(
      'arrival p99 (ms)',
      cell(({ p99Ms }) => formatMs(p99Ms)),
    ),
  ]);
}

function renderKnees({ knees }: Choice): string {
  if (knees.length === 0) return '';
  const lines = knees.map(
    ({ service, batchSize, perMillionUsd, leastUsd }) =>
      `- ${SERVICE_TITLES[service]}: ${formatCount(batchSize)} ($${formatUsdPerMillion(perMillionUsd)}; the least is $${formatUsdPerMillion(leastUsd)} per million).`,
  );
  return `\nThe smallest batch size that costs at most ${formatPercent(KNEE_TOLERANCE)} more than the service's cheapest:\n\n${lines.join('\n')}\n`;
}

function renderUnjudged({ unjudged, lossy }: Choice): string {
  const samples = formatCount(computeSamplesNeeded(0.99));
  const few =
    unjudged === 0
      ? ''
      : `\n${formatNoun(unjudged, 'setting')} could not be judged: a p99 takes ${samples} messages that arrived.\n`;
  const names = lossy.map((setting) => `${nameSetting(setting)} (${formatCount(setting.lost)} lost)`);
  return lossy.length === 0 ? few : `${few}\nNot to be chosen, as messages were lost: ${names.join(', ')}.\n`;
}

/** `EventBridge at batch size 10, packed by the producer ($0.670 per million, p99 1,939 ms)`. */
function describe({ perMillionUsd, p99Ms, achievedBatchSize, ...setting }: ChosenSetting): string {
  const isPacked = setting.service === 'eventbridge' && achievedBatchSize > 1;
  const packing = isPacked ? ', packed by the producer' : '';
  const isFull = achievedBatchSize >= setting.batchSize / 2;
  const achieved = isFull ? '' : `, of which ${formatDecimal(achievedBatchSize, 1)} was achieved`;
  return `${nameSetting(setting)}${packing}${achieved} ($${formatUsdPerMillion(perMillionUsd)} per million, p99 ${formatMs(p99Ms)} ms)`;
}

/** `500 ms`, `5 s`, `2 min`. */
function formatGoal({ p99ArrivalMsMax }: LatencyGoal): string {
  if (p99ArrivalMsMax < 1000 || p99ArrivalMsMax % 1000 !== 0) return `${formatMs(p99ArrivalMsMax)} ms`;
  const seconds = p99ArrivalMsMax / 1000;
  return seconds >= 120 && seconds % 60 === 0 ? `${formatCount(seconds / 60)} min` : `${formatCount(seconds)} s`;
}

function formatTimes(ratio: number): string {
  return `${ratio.toFixed(1)} times`;
}
