import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Operation } from '../kernel/operation.ts';
import { defineCheckedOperation, fromDimensions, nameSchema, namespaceSchema } from './metric-schemas.ts';
import type { Metric, MetricStore } from './metric-store.ts';
import { parseToken, renderToken } from './page.ts';

/** "ListMetrics … up to 500 results are returned for any one call" */
const PAGE_LENGTH = 500;
const RECENT_MS = 3 * 3_600_000;
/** "If a metric has had no data for two weeks, it is not listed." */
const ACTIVE_MS = 14 * 86_400_000;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
export function listMetrics(store: MetricStore): Operation {
  return defineCheckedOperation({
    name: 'ListMetrics',
    input: z.strictObject({
      Namespace: namespaceSchema.optional(),
      MetricName: nameSchema.optional(),
      /** Metrics that have them all, and maybe more. */
      Dimensions: z
        .array(z.strictObject({ Name: nameSchema, Value: z.string().min(1).max(1024).optional() }))
        .max(10)
        .default([]),
      RecentlyActive: z.enum(['PT3H']).optional(),
      NextToken: z.string().optional(),
    }),
    needs: () => [{ action: 'cloudwatch:ListMetrics', resource: '*' }],
    handle({ Namespace, MetricName, Dimensions, RecentlyActive, NextToken }) {
      const { asOfMs, offset } = NextToken === undefined ? { asOfMs: store.now(), offset: 0 } : readToken(NextToken);
      const activeSinceMs = asOfMs - (RecentlyActive ? RECENT_MS : ACTIVE_MS);
      const wanted = store
        .list(asOfMs)
        .filter(({ identity }) => Namespace === undefined || identity.namespace === Namespace)
        .filter(({ identity }) => MetricName === undefined || identity.metricName === MetricName)
        .filter(({ identity }) =>
          Dimensions.every(({ Name, Value }) => {
            const value = identity.dimensions[Name];
            return value !== undefined && (Value === undefined || value === Value);
          }),
        )
        .filter((metric) => store.read(metric.identity, { startMs: activeSinceMs, endMs: asOfMs, asOfMs }).length > 0);
      const end = offset + PAGE_LENGTH;
      return {
        Metrics: wanted.slice(offset, end).map(describeMetric),
        ...(end < wanted.length && { NextToken: renderToken({ asOfMs, offset: end }) }),
      };
    },
  });
}

function describeMetric({ identity }: Metric): object {
  const { namespace, metricName, dimensions } = identity;
  return { Namespace: namespace, MetricName: metricName, Dimensions: fromDimensions(dimensions) };
}

/** @throws {AwsError} `InvalidParameterValueException`. */
function readToken(token: string) {
  try {
    return parseToken(token);
  } catch (cause) {
    throw new AwsError('InvalidParameterValueException', 'The value for parameter NextToken is invalid.', { cause });
  }
}
