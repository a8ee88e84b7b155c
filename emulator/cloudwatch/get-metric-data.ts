import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { assertQueries, computeDataPoints, floorToMinute, metricDataQuerySchema } from './metric-data-query.ts';
import type { MetricStore } from './metric-store.ts';
import { type Cursor, computePage, parseToken, renderToken } from './page.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const QUERIES_MAX = 500;
/** Data points in one call. */
const POINTS_MAX = 100_800;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export function getMetricData(store: MetricStore): Operation {
  return defineOperation({
    name: 'GetMetricData',
    input: z.strictObject({
      MetricDataQueries: z.array(metricDataQuerySchema).min(1).max(QUERIES_MAX),
      /** Epoch seconds. */
      StartTime: z.number(),
      /** Epoch seconds; what begins at it is left out. */
      EndTime: z.number(),
      ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).default('TimestampDescending'),
      MaxDatapoints: z.int().min(1).max(POINTS_MAX).default(POINTS_MAX),
      NextToken: z.string().optional(),
    }),
    needs: () => [{ action: 'cloudwatch:GetMetricData', resource: '*' }],
    handle({ MetricDataQueries, StartTime, EndTime, ScanBy, MaxDatapoints, NextToken }) {
      if (StartTime >= EndTime) {
        throw new AwsError('ValidationException', 'The parameter StartTime must be less than the parameter EndTime.');
      }
      const startMs = floorToMinute(StartTime * 1000);
      assertQueries(MetricDataQueries, startMs);
      const cursor: Cursor = NextToken === undefined ? { asOfMs: store.now(), offset: 0 } : parseToken(NextToken);
      const queries = MetricDataQueries.filter(({ ReturnData }) => ReturnData);
      const series = queries.map((query) => {
        const points = computeDataPoints(store, query, { startMs, endMs: EndTime * 1000, asOfMs: cursor.asOfMs });
        return ScanBy === 'TimestampDescending' ? points.reverse() : points;
      });
      const page = computePage(series, cursor, MaxDatapoints);
      return {
        MetricDataResults: queries.map(({ Id, Label, MetricStat }, index) => {
          const { points = [], isComplete = true } = page.slices[index] ?? {};
          return {
            Id,
            Label: Label ?? MetricStat.Metric.MetricName,
            Timestamps: points.map((point) => point.startMs / 1000),
            Values: points.map(({ value }) => value),
            StatusCode: isComplete ? 'Complete' : 'PartialData',
          };
        }),
        Messages: [],
        ...(page.next && { NextToken: renderToken(page.next) }),
      };
    },
  });
}
