// The results tables: what every reader looks at first.

import { SERVICE_TITLES } from '../model/service.ts';
import { formatCount, formatDecimal, formatMs, formatUsdPerMillion } from './format-number.ts';
import { left, renderTable, right } from './render-table.ts';
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

A dash stands for what too few messages support: a p90 takes 10, a p99 takes 100.`;
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

export function renderLatencyTable(settings: readonly SettingReport[]): string {
  return renderTable(settings, [
    ...SETTING_COLUMNS,
    right('delivery p50 (ms)', ({ delivery }) => formatMs(delivery.quantilesMs[0.5])),
    right('p90', ({ delivery }) => formatMs(delivery.quantilesMs[0.9])),
    right('p99', ({ delivery }) => formatMs(delivery.quantilesMs[0.99])),
    right('max', ({ delivery }) => formatMs(delivery.maxMs)),
    right('arrival p50 (ms)', ({ arrival }) => formatMs(arrival.quantilesMs[0.5])),
    right('p90', ({ arrival }) => formatMs(arrival.quantilesMs[0.9])),
    right('p99', ({ arrival }) => formatMs(arrival.quantilesMs[0.99])),
    right('max', ({ arrival }) => formatMs(arrival.maxMs)),
  ]);
}
