// The results tables: what every reader looks at first.

import type { Probability } from '../model/latency-counts.ts';
import { SERVICE_TITLES } from '../model/service.ts';
import { formatCount, formatDecimal, formatMs, formatUsdPerMillion } from './format-number.ts';
import { type Column, left, renderTable, right } from './render-table.ts';
import type { SettingReport } from './report-json.ts';

/** Which setting a row is about; the first columns of every table by setting. */
export const SETTING_COLUMNS = [
  left<SettingReport>('service', ({ service }) => SERVICE_TITLES[service]),
  right<SettingReport>('batch size', ({ batchSize }) => formatCount(batchSize)),
];

export function renderResults(settings: readonly SettingReport[]): string {
  if (settings.length === 0) return 'No trial ended, so there are no results.';
  return `Cost and counts. *Achieved* is messages ÷ invocations:

${renderCountsTable(settings)}

Latency in milliseconds, from the instant a message was scheduled to be sent: *delivery* to the start of the handler that received it, *arrival* to its being in S3.

${renderLatencyTable(settings)}

${renderSupport(settings)}`;
}

function renderSupport(settings: readonly SettingReport[]): string {
  const tail = hasFarTail(settings) ? '' : ', which no setting here has, so its columns are left out';
  return `A dash stands for what too few messages support: a p90 takes 10, a p99 takes 100, a p99.9 takes 1,000${tail}.`;
}

export function renderCountsTable(settings: readonly SettingReport[]): string {
  return renderTable(settings, [
    ...SETTING_COLUMNS,
    right('$ per million', ({ cost }) => formatUsdPerMillion(cost.perMillionUsd)),
    right('sent', ({ sent }) => formatCount(sent)),
    right('arrived', ({ arrived }) => formatCount(arrived)),
    right('lost', ({ lost }) => formatCount(lost)),
    right('duplicates', ({ duplicates }) => formatCount(duplicates)),
    right('invocations', ({ invocations }) => formatCount(invocations)),
    right('achieved', ({ achievedBatchSize }) => formatDecimal(achievedBatchSize, 1)),
  ]);
}

/** At most 150 characters wide for latencies below 1,000 s: what a terminal shows without a break. */
export function renderLatencyTable(settings: readonly SettingReport[]): string {
  return renderTable(settings, [
    ...SETTING_COLUMNS,
    ...listLatencyColumns('delivery', hasFarTail(settings)),
    ...listLatencyColumns('arrival', hasFarTail(settings)),
  ]);
}

function listLatencyColumns(latency: 'delivery' | 'arrival', isFarTailShown: boolean): Column<SettingReport>[] {
  const quantile = (heading: string, probability: Probability) =>
    right<SettingReport>(heading, (setting) => formatMs(setting[latency].quantilesMs[probability]));
  const max = (heading: string) => right<SettingReport>(heading, (setting) => formatMs(setting[latency].maxMs));
  const middle = [quantile('p90', 0.9), quantile('p99', 0.99)];
  if (!isFarTailShown) return [quantile(`${latency} p50 (ms)`, 0.5), ...middle, max('max')];
  // The unit stands where it makes the table wider by one character instead of five.
  return [quantile(`${latency} p50`, 0.5), ...middle, quantile('p99.9', 0.999), max('max (ms)')];
}

/** Whether some setting has messages enough for a p99.9: two columns of dashes would say nothing. */
function hasFarTail(settings: readonly SettingReport[]): boolean {
  return settings.some(({ delivery, arrival }) =>
    [delivery, arrival].some(({ quantilesMs }) => quantilesMs[0.999] !== undefined),
  );
}
