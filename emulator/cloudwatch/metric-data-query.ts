// One query of GetMetricData: what it may ask, and the periods that answer it.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html

import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { dimensionsSchema, nameSchema, namespaceSchema, toDimensions, unitSchema } from './metric-schemas.ts';
import type { MetricStore, ReadWindow } from './metric-store.ts';
import { describePeriod, findStatistic, type PeriodStatistics, Statistics } from './statistics.ts';

export interface DataPoint {
  /** The period's beginning, epoch milliseconds. */
  readonly startMs: number;
  readonly value: number;
}

const MINUTE_MS = 60_000;

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
      Namespace: namespaceSchema,
      MetricName: nameSchema,
      Dimensions: dimensionsSchema,
    }),
    /** Seconds. */
    Period: z.int().positive().multipleOf(60),
    Stat: z.string().min(1),
    Unit: unitSchema.optional(),
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
    if (!findStatistic(MetricStat.Stat)) throw new UnsupportedFeatureError(subject, `Stat ${MetricStat.Stat}`);
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
  const { Metric, Period, Stat, Unit } = query.MetricStat;
  const metric = {
    namespace: Metric.Namespace,
    metricName: Metric.MetricName,
    dimensions: toDimensions(Metric.Dimensions),
  };
  // "If you specify a unit that the metric does not have, the operation returns no data".
  if (Unit !== undefined && store.find(metric)?.unit !== Unit) return [];
  const computeValue = findStatistic(Stat);
  if (!computeValue) throw new UnsupportedFeatureError('cloudwatch.GetMetricData', `Stat ${Stat}`);
  return mergeMinutes(store.read(metric, window), Period * 1000, 0).flatMap(({ startMs, statistics }) => {
    const value = computeValue(statistics);
    return value === undefined ? [] : { startMs, value };
  });
}

/** Periods that begin at multiples of their length after `originMs`. */
export function mergeMinutes(
  minutes: readonly PeriodStatistics[],
  periodMs: number,
  originMs: number,
): PeriodStatistics[] {
  const periods = new Map<number, Statistics>();
  for (const minute of minutes) {
    const startMs = originMs + Math.floor((minute.startMs - originMs) / periodMs) * periodMs;
    const period = periods.get(startMs) ?? new Statistics();
    period.merge(minute.statistics);
    periods.set(startMs, period);
  }
  return [...periods].map(([startMs, statistics]) => describePeriod(startMs, statistics));
}

/** "Round down to the nearest whole minute", for what is less than 15 days old. */
export function floorToMinute(timeMs: number): number {
  return Math.floor(timeMs / MINUTE_MS) * MINUTE_MS;
}
