import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Operation } from '../kernel/operation.ts';
import { floorToMinute, mergeMinutes } from './metric-data-query.ts';
import {
  defineCheckedOperation,
  dimensionsSchema,
  nameSchema,
  namespaceSchema,
  toDimensions,
  unitSchema,
} from './metric-schemas.ts';
import type { MetricStore } from './metric-store.ts';
import { findStatistic, STATISTICS, type Statistics } from './statistics.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const POINTS_MAX = 1440;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
export function getMetricStatistics(store: MetricStore): Operation {
  return defineCheckedOperation({
    name: 'GetMetricStatistics',
    input: z.strictObject({
      Namespace: namespaceSchema,
      MetricName: nameSchema,
      Dimensions: dimensionsSchema,
      /** Epoch seconds. */
      StartTime: z.number(),
      /** Epoch seconds; what begins at it is left out. */
      EndTime: z.number(),
      /** Seconds. */
      Period: z.int().positive().multipleOf(60),
      Statistics: z
        .array(z.enum(['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum']))
        .min(1)
        .max(5)
        .optional(),
      ExtendedStatistics: z.array(z.string()).min(1).max(10).optional(),
      Unit: unitSchema.optional(),
    }),
    needs: () => [{ action: 'cloudwatch:GetMetricStatistics', resource: '*' }],
    handle(input) {
      const { MetricName, StartTime, EndTime, Period, Unit } = input;
      assertStatistics(input);
      const startMs = floorToMinute(StartTime * 1000);
      assertRange(input, startMs);
      const identity = {
        namespace: input.Namespace,
        metricName: MetricName,
        dimensions: toDimensions(input.Dimensions),
      };
      const unit = store.find(identity)?.unit;
      const window = { startMs, endMs: EndTime * 1000, asOfMs: store.now() };
      const minutes = Unit === undefined || Unit === unit ? store.read(identity, window) : [];
      return {
        Label: MetricName,
        // Periods begin with the start time.
        Datapoints: mergeMinutes(minutes, Period * 1000, startMs).map((period) => ({
          Timestamp: period.startMs / 1000,
          ...computeStatistics(period.statistics, input),
          Unit: unit,
        })),
      };
    },
  });
}

interface Wanted {
  readonly Statistics?: readonly string[] | undefined;
  readonly ExtendedStatistics?: readonly string[] | undefined;
}

function computeStatistics(statistics: Statistics, wanted: Wanted): object {
  const extended = (wanted.ExtendedStatistics ?? []).flatMap((name) => {
    const value = findStatistic(name)?.(statistics);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries((wanted.Statistics ?? []).map((name) => [name, STATISTICS[name]?.(statistics)])),
    ...(extended.length > 0 && { ExtendedStatistics: Object.fromEntries(extended) }),
  };
}

/** @throws {AwsError} `InvalidParameterCombinationException`, `MissingRequiredParameterException`; {UnsupportedFeatureError}. */
function assertStatistics({ Statistics, ExtendedStatistics }: Wanted): void {
  if (Statistics && ExtendedStatistics) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      'The parameters Statistics and ExtendedStatistics cannot be specified together.',
    );
  }
  if (!Statistics && !ExtendedStatistics) {
    throw new AwsError(
      'MissingRequiredParameterException',
      'The request must contain the parameter Statistics or ExtendedStatistics.',
    );
  }
  const unknown = ExtendedStatistics?.find((name) => !/^p\d/.test(name) || !findStatistic(name));
  if (unknown) throw new UnsupportedFeatureError('cloudwatch.GetMetricStatistics', `statistic ${unknown}`);
}

/** @throws {AwsError} `InvalidParameterValueException`, `InvalidParameterCombinationException`. */
function assertRange(
  { StartTime, EndTime, Period }: { StartTime: number; EndTime: number; Period: number },
  startMs: number,
) {
  if (StartTime >= EndTime) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The parameter StartTime must be less than the parameter EndTime.',
    );
  }
  const points = Math.ceil((EndTime * 1000 - startMs) / (Period * 1000));
  if (points > POINTS_MAX) {
    throw new AwsError(
      'InvalidParameterCombinationException',
      `You have requested up to ${points.toLocaleString('en-US')} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
}
