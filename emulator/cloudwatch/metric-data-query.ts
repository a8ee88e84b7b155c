// One query of GetMetricData: what it may ask, and the periods that answer it.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html

import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { MetricStore, ReadWindow } from './metric-store.ts';
import { mergeStatistics, type PeriodStatistics, STATISTICS, type Statistics } from './statistics.ts';

export interface DataPoint {
  /** The period's beginning, epoch milliseconds. */
  readonly startMs: number;
  readonly value: number;
}

const MINUTE_MS = 60_000;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Dimension */
const DIMENSIONS_MAX = 30;

export const metricDataQuerySchema = z.strictObject({
  Id: z
    .string()
    .max(255)
    .regex(/^[a-z]\w*$/),
  Label: z.string().optional(),
  /** False: the query is there for an expression to use. */
  ReturnData: z.boolean().default(true),
  MetricStat: z.strictObject({
    Metric: z.strictObject({
      Namespace: z.string().min(1),
      MetricName: z.string().min(1),
      Dimensions: z
        .array(z.strictObject({ Name: z.string().min(1), Value: z.string().min(1) }))
        .max(DIMENSIONS_MAX)
        .default([]),
    }),
    /** Seconds. */
    Period: z.int().positive().multipleOf(60),
    Stat: z.string().min(1),
  }),
});

export type MetricDataQuery = z.output<typeof metricDataQuerySchema>;

/** @throws {AwsError} `ValidationException`; {UnsupportedFeatureError}. */
export function assertQueries(queries: readonly MetricDataQuery[], startMs: number): void {
  const ids = new Set<string>();
  for (const { Id, Label, MetricStat } of queries) {
    const subject = `cloudwatch.GetMetricData query ${Id}`;
    if (ids.has(Id)) throw new AwsError('ValidationException', `The id ${Id} is used by more than one query.`);
    ids.add(Id);
    if (!Object.hasOwn(STATISTICS, MetricStat.Stat))
      throw new UnsupportedFeatureError(subject, `Stat ${MetricStat.Stat}`);
    if (Label?.includes('${')) throw new UnsupportedFeatureError(subject, 'a dynamic Label');
    if (startMs % (MetricStat.Period * 1000) !== 0) {
      throw new UnsupportedFeatureError(
        subject,
        `a StartTime that is no multiple of its Period of ${MetricStat.Period} s`,
      );
    }
  }
  if (!queries.some(({ ReturnData }) => ReturnData)) {
    throw new AwsError('ValidationException', 'At least one query must have ReturnData set to true.');
  }
}

/** In order of time. A period without a datum has no data point. */
export function computeDataPoints(store: MetricStore, query: MetricDataQuery, window: ReadWindow): DataPoint[] {
  const { Metric, Period, Stat } = query.MetricStat;
  const metric = {
    namespace: Metric.Namespace,
    metricName: Metric.MetricName,
    dimensions: Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
  };
  const computeValue = STATISTICS[Stat];
  if (!computeValue) throw new UnsupportedFeatureError('cloudwatch.GetMetricData', `Stat ${Stat}`);
  return mergeMinutes(store.read(metric, window), Period * 1000).map(([startMs, statistics]) => ({
    startMs,
    value: computeValue(statistics),
  }));
}

function mergeMinutes(minutes: readonly PeriodStatistics[], periodMs: number): [number, Statistics][] {
  const periods = new Map<number, Statistics>();
  for (const minute of minutes) {
    const startMs = Math.floor(minute.startMs / periodMs) * periodMs;
    const period = periods.get(startMs);
    periods.set(startMs, period ? mergeStatistics(period, minute) : minute);
  }
  return [...periods];
}

/** "Round down to the nearest whole minute", for what is less than 15 days old. */
export function floorToMinute(timeMs: number): number {
  return Math.floor(timeMs / MINUTE_MS) * MINUTE_MS;
}
