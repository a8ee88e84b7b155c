// The one place that knows where a report has its confidence intervals.

import type { Probability } from '../../model/latency-counts.ts';
import type { SettingReport } from '../report-json.ts';
import type { Interval, IntervalComparison } from './comparison-json.ts';
import type { MetricName } from './metrics.ts';

/** A setting has intervals where its samples support them. */
export interface WithIntervals {
  readonly intervals?: {
    readonly arrivalMs: Readonly<Partial<Record<Probability, Interval>>>;
    readonly perMillionUsd?: Interval;
  };
}

const READERS: Readonly<
  Partial<Record<MetricName, (intervals: NonNullable<WithIntervals['intervals']>) => Interval | undefined>>
> = {
  costPerMillionUsd: ({ perMillionUsd }) => perMillionUsd,
  p50ArrivalMs: ({ arrivalMs }) => arrivalMs[0.5],
  p90ArrivalMs: ({ arrivalMs }) => arrivalMs[0.9],
  p99ArrivalMs: ({ arrivalMs }) => arrivalMs[0.99],
  p99_9ArrivalMs: ({ arrivalMs }) => arrivalMs[0.999],
};

/** Intervals that touch overlap. */
export function compareIntervals(
  before: SettingReport & WithIntervals,
  after: SettingReport & WithIntervals,
  metric: MetricName,
): IntervalComparison {
  const intervalBefore = readInterval(before, metric);
  const intervalAfter = readInterval(after, metric);
  if (!intervalBefore || !intervalAfter) return { state: 'none' };
  const isApart = intervalBefore.high < intervalAfter.low || intervalAfter.high < intervalBefore.low;
  return { state: isApart ? 'apart' : 'overlap', before: intervalBefore, after: intervalAfter };
}

function readInterval({ intervals }: WithIntervals, metric: MetricName): Interval | undefined {
  return intervals && READERS[metric]?.(intervals);
}
