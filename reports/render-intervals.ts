// How sure the figures are, and what neighbouring batch sizes differ by, for people.

import type { Interval } from '../model/bootstrap.ts';
import { SERVICE_TITLES } from '../model/service.ts';
import { ABSENT, formatCount, formatMs, formatUsdPerMillion } from './format-number.ts';
import { type Comparison, type Difference, NO_DIFFERENCE } from './interval-json.ts';
import { SETTING_COLUMNS } from './render-results.ts';
import { left, renderTable, right } from './render-table.ts';
import type { ReportJson, SettingReport } from './report-json.ts';

/** From so many trials on an interval holds what it says. */
export const TRIALS_ENOUGH = 5;

export function renderIntervals({ settings, comparisons, input }: ReportJson): string {
  if (settings.length === 0) return 'No trial ended, so there is nothing to compare.';
  const repeated = settings.filter(({ intervals }) => intervals);
  if (repeated.length === 0) return renderNothingRepeated(input.repetitions);
  const trialsLeast = Math.min(...repeated.map(({ trials }) => trials));
  return `95 % confidence intervals, by how much the trials of a setting differ: percentiles of what comes out when trials are drawn anew, with replacement (the bootstrap), wider for so few trials. Whole trials are drawn, as the messages of one are not independent of one another.${trialsLeast < TRIALS_ENOUGH ? ` ${FEW_TRIALS}` : ''}

${renderIntervalTable(repeated)}

${renderComparisons(comparisons)}`;
}

function renderNothingRepeated(repetitions: number): string {
  if (repetitions > 1) return 'No setting has two trials that ended, so there are no confidence intervals.';
  return `Each setting was tried once, so nothing tells how much trials differ. With \`repetitions\` above 1 this section has 95 % confidence intervals and a verdict for each pair of neighbouring batch sizes; ${TRIALS_ENOUGH} or more make them dependable.`;
}

/** Its figures are held by the test of `model/bootstrap.ts`. */
const FEW_TRIALS = `**Fewer than ${TRIALS_ENOUGH} trials make rough intervals, and too narrow ones:** instead of 95 times of 100 they hold the true value about 50 times with 2 trials, 72 with 3 and 88 with 4. Of settings that do not differ at all, 34, 12 and 6 of 100 would be given a difference all the same, instead of 5.`;

function renderIntervalTable(settings: readonly SettingReport[]): string {
  return renderTable(settings, [
    ...SETTING_COLUMNS,
    right('trials', ({ trials }) => formatCount(trials)),
    right('$ per million', ({ intervals }) => formatInterval(intervals?.perMillionUsd, formatUsdPerMillion)),
    right('arrival p50 (ms)', ({ intervals }) => formatInterval(intervals?.arrivalMs[0.5], formatMs)),
    right('p90', ({ intervals }) => formatInterval(intervals?.arrivalMs[0.9], formatMs)),
    right('p99', ({ intervals }) => formatInterval(intervals?.arrivalMs[0.99], formatMs)),
  ]);
}

function renderComparisons(comparisons: readonly Comparison[]): string {
  if (comparisons.length === 0) return 'No two neighbouring batch sizes of a service have two trials each to compare.';
  return `What the larger of two neighbouring batch sizes changes, with its interval. Where that holds zero the trials show no difference, which is not to say that there is none; and of a hundred verdicts on settings that are alike some five are wrong:

${renderTable(comparisons, [
  left('service', ({ service }) => SERVICE_TITLES[service]),
  right('batch sizes', ({ smaller, larger }) => `${formatCount(smaller.batchSize)} → ${formatCount(larger.batchSize)}`),
  right('trials', ({ smaller, larger }) => `${formatCount(smaller.trials)}, ${formatCount(larger.trials)}`),
  left('$ per million', ({ perMillionUsd }) => formatDifference(perMillionUsd, formatUsdPerMillion)),
  left('arrival p50 (ms)', ({ arrivalMs }) => formatDifference(arrivalMs[0.5], formatMs)),
  left('arrival p99 (ms)', ({ arrivalMs }) => formatDifference(arrivalMs[0.99], formatMs)),
])}`;
}

/** `cheaper by 5.983 (5.970 to 5.990)`, `no difference shown (-3 to 14)`. */
function formatDifference(difference: Difference<string> | undefined, format: (value: number) => string): string {
  if (!difference) return ABSENT;
  const { verdict, low, high } = difference;
  if (verdict === NO_DIFFERENCE) return `${verdict} (${formatInterval(difference, format)})`;
  const size = high < 0 ? { low: -high, high: -low } : { low, high };
  return `${verdict} by ${format(Math.abs(difference.difference))} (${formatInterval(size, format)})`;
}

function formatInterval(interval: Interval | undefined, format: (value: number) => string): string {
  return interval ? `${format(interval.low)} to ${format(interval.high)}` : ABSENT;
}
