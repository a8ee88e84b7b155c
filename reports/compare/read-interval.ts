// The one place that knows where a report has its confidence intervals.

import type { Interval } from '../../model/bootstrap.ts';
import type { SettingIntervals } from '../interval-json.ts';
import type { SettingReport } from '../report-json.ts';
import type { IntervalComparison } from './comparison-json.ts';
import type { MetricName } from './metrics.ts';

const READERS: Readonly<Partial<Record<MetricName, (intervals: SettingIntervals) => Interval | undefined>>> = {
  costPerMillionUsd: ({ perMillionUsd }) => perMillionUsd,
  p50ArrivalMs: ({ arrivalMs }) => arrivalMs[0.5],
  p90ArrivalMs: ({ arrivalMs }) => arrivalMs[0.9],
  p99ArrivalMs: ({ arrivalMs }) => arrivalMs[0.99],
};

/** Intervals that touch overlap. */
export function compareIntervals(before: SettingReport, after: SettingReport, metric: MetricName): IntervalComparison {
  const intervalBefore = readInterval(before, metric);
  const intervalAfter = readInterval(after, metric);
  if (!intervalBefore || !intervalAfter) return { state: 'none' };
  const isApart = intervalBefore.high < intervalAfter.low || intervalAfter.high < intervalBefore.low;
  return { state: isApart ? 'apart' : 'overlap', before: intervalBefore, after: intervalAfter };
}

function readInterval({ intervals }: SettingReport, metric: MetricName): Interval | undefined {
  return intervals && READERS[metric]?.(intervals);
}
