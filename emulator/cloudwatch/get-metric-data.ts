import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { MetricStore, MinuteStatistics } from './metric-store.ts';

const STATISTICS = {
  Sum: ({ sum }: MinuteStatistics) => sum,
  SampleCount: ({ sampleCount }: MinuteStatistics) => sampleCount,
  Average: ({ sum, sampleCount }: MinuteStatistics) => sum / sampleCount,
  Minimum: ({ minimum }: MinuteStatistics) => minimum,
  Maximum: ({ maximum }: MinuteStatistics) => maximum,
} as const;

const STATISTIC_NAMES = ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'] as const;

const querySchema = z.strictObject({
  Id: z.string().regex(/^[a-z]\w*$/),
  Label: z.string().optional(),
  ReturnData: z.literal(true).default(true),
  MetricStat: z.strictObject({
    Metric: z.strictObject({
      Namespace: z.string(),
      MetricName: z.string(),
      Dimensions: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
    }),
    Period: z.int().multipleOf(60),
    Stat: z.enum(STATISTIC_NAMES),
  }),
});

/** At most 500 queries a call: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const QUERIES_MAX = 500;

export function getMetricData(store: MetricStore): Operation {
  return defineOperation({
    name: 'GetMetricData',
    input: z.strictObject({
      MetricDataQueries: z.array(querySchema).min(1).max(QUERIES_MAX),
      /** Epoch seconds. */
      StartTime: z.number(),
      EndTime: z.number(),
      ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).default('TimestampDescending'),
    }),
    needs: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
    handle({ MetricDataQueries, StartTime, EndTime, ScanBy }) {
      return {
        MetricDataResults: MetricDataQueries.map(({ Id, Label, MetricStat: { Metric, Period, Stat } }) => {
          const metric = {
            namespace: Metric.Namespace,
            metricName: Metric.MetricName,
            dimensions: Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
          };
          const minutes = store.read(metric, StartTime * 1000, EndTime * 1000);
          const periods = mergeMinutes(minutes, Period * 1000);
          if (ScanBy === 'TimestampDescending') periods.reverse();
          return {
            Id,
            Label: Label ?? Metric.MetricName,
            Timestamps: periods.map(({ startMs }) => startMs / 1000),
            Values: periods.map(STATISTICS[Stat]),
            StatusCode: 'Complete',
          };
        }),
        Messages: [],
      };
    },
  });
}

/** In order of time. */
function mergeMinutes(minutes: readonly MinuteStatistics[], periodMs: number): MinuteStatistics[] {
  const periods = new Map<number, MinuteStatistics>();
  for (const minute of minutes) {
    const startMs = Math.floor(minute.startMs / periodMs) * periodMs;
    const period = periods.get(startMs);
    if (!period) {
      periods.set(startMs, { ...minute, startMs });
      continue;
    }
    period.sum += minute.sum;
    period.sampleCount += minute.sampleCount;
    period.minimum = Math.min(period.minimum, minute.minimum);
    period.maximum = Math.max(period.maximum, minute.maximum);
  }
  return [...periods.values()];
}
