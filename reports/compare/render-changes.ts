// The tables of a comparison: a row for each setting, each metric before and after.

import { SERVICE_TITLES } from '../../model/service.ts';
import { ABSENT, formatCount } from '../format-number.ts';
import { type Column, left, renderTable, right } from '../render-table.ts';
import type { MetricChange, SettingComparison } from './comparison-json.ts';
import { METRICS, type MetricName } from './metrics.ts';

/** As many metrics as a terminal of 150 columns has room for. What decides comes first. */
const TABLES: readonly (readonly MetricName[])[] = [
  ['costPerMillionUsd', 'p50ArrivalMs', 'p99ArrivalMs'],
  ['achievedBatchSize', 'invocationsPer1000Messages', 'lostMessages', 'duplicateMessages'],
  ['p50DeliveryMs', 'p90DeliveryMs', 'p99DeliveryMs'],
  ['p90ArrivalMs', 'p99_9ArrivalMs', 'p99_9DeliveryMs'],
];

const SAME = '=';
/** After a change whose intervals overlap, or do not. */
const MARKS = { overlap: ' ≈', apart: ' ≠', none: '' };

/** Metrics that neither report has anywhere are left out. */
export function renderChangeTables(settings: readonly SettingComparison[]): string {
  if (settings.length === 0) return 'No setting is in both reports, so there is nothing to compare.';
  const tables = TABLES.map((names) => names.filter((name) => settings.some((setting) => isTold(setting, name))));
  return tables
    .filter((names) => names.length > 0)
    .map((names) => renderTable(settings, [...SETTING_COLUMNS, ...names.flatMap(createColumns)]))
    .join('\n\n');
}

/** What the tables' signs say. */
export function renderLegend(settings: readonly SettingComparison[]): string {
  const signs = `${SAME} stands for no change, a dash for what too few messages support`;
  const hasIntervals = settings.some(({ metrics }) => metrics.some(({ intervals }) => intervals.state !== 'none'));
  if (!hasIntervals)
    return `${signs}. No setting has an interval in both reports, so nothing tells here what is more than chance.`;
  return `${signs}; ≠ for 95 % confidence intervals that do not overlap, which chance brings about now and then among so many; ≈ for intervals that overlap; neither where a report has no interval.`;
}

/** `1,184 → 1,200`, or one value where they read the same. */
export function formatValues({ metric, before, after }: MetricChange): string {
  const { format } = METRICS[metric];
  if (before === undefined && after === undefined) return ABSENT;
  const [textBefore, textAfter] = [format(before) || ABSENT, format(after) || ABSENT];
  return textBefore === textAfter ? textBefore : `${textBefore} → ${textAfter}`;
}

/** `+1.3 %`, `-3`, `=`; with the mark of its intervals. */
export function formatChange(change: MetricChange): string {
  const mark = MARKS[change.intervals.state];
  if (change.change === undefined) return ABSENT;
  if (change.change === 0) return `${SAME}${mark}`;
  if (METRICS[change.metric].changeIn === 'unit' || change.changeShare === undefined) {
    return `${formatSigned(change.change, { maximumFractionDigits: 1 })}${mark}`;
  }
  const percent = change.changeShare * 100;
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  return `${formatSigned(percent, { minimumFractionDigits: digits, maximumFractionDigits: digits })} %${mark}`;
}

function formatSigned(value: number, digits: Intl.NumberFormatOptions): string {
  // What rounds to nothing has no sign: `0.0 %`, not `-0.0 %`.
  return new Intl.NumberFormat('en-US', { ...digits, signDisplay: 'exceptZero' }).format(value);
}

const SETTING_COLUMNS = [
  left<SettingComparison>('service', ({ service }) => SERVICE_TITLES[service]),
  right<SettingComparison>('batch size', ({ batchSize }) => formatCount(batchSize)),
];

function createColumns(name: MetricName): Column<SettingComparison>[] {
  const cell = (format: (change: MetricChange) => string) => (setting: SettingComparison) => {
    const change = setting.metrics.find(({ metric }) => metric === name);
    return change ? format(change) : ABSENT;
  };
  return [right(METRICS[name].title, cell(formatValues)), right('change', cell(formatChange))];
}

function isTold({ metrics }: SettingComparison, name: MetricName): boolean {
  return metrics.some(({ metric, before, after }) => metric === name && (before ?? after) !== undefined);
}
