// Asks CloudWatch what it counted, once for the whole run: a query per metric, not per trial.

import { type CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Service } from '../../model/service.ts';
import type { TrialResult } from '../../model/trial.ts';
import { computeTrialWindow, type TrialWindow } from '../../model/trial-window.ts';
import type { TrialMetrics } from '../../reports/report-facts.ts';

export interface MetricSources {
  /** Names of the functions that consume. */
  readonly laneFunctions: Readonly<Record<Service, string>>;
  readonly queueName: string;
}

/** Sums by minute: metric id → epoch milliseconds → sum. */
type Series = ReadonlyMap<string, ReadonlyMap<number, number>>;

const FUNCTION_METRICS = ['Invocations', 'Errors', 'Throttles', 'Duration'] as const;
const EMPTY_RECEIVES_ID = 'sqsEmptyReceives';
const PERIOD_SECONDS = 60;

/** Metrics by trial id. A minute without a datum counts as zero, as CloudWatch keeps none where nothing happened. */
export async function loadMetrics(
  cloudWatch: CloudWatchClient,
  results: readonly TrialResult[],
  sources: MetricSources,
): Promise<ReadonlyMap<string, TrialMetrics>> {
  if (results.length === 0) return new Map();
  const windows = results.map((result) => ({ result, window: computeTrialWindow(result) }));
  const series = await loadSeries(cloudWatch, createQueries(results, sources), {
    startMs: Math.min(...windows.map(({ window }) => window.startMs)),
    endMs: Math.max(...windows.map(({ window }) => window.endMs)),
  });
  return new Map(windows.map(({ result, window }) => [result.trial.trialId, computeMetrics(series, result, window)]));
}

/** At most 17, so always one call: CloudWatch takes 500 queries, and 100,800 data points are four days of minutes. */
function createQueries(results: readonly TrialResult[], sources: MetricSources): MetricDataQuery[] {
  const services = [...new Set(results.map(({ trial }) => trial.service))];
  const queries = services.flatMap((service) =>
    FUNCTION_METRICS.map((metricName) =>
      createQuery(nameQuery(service, metricName), 'AWS/Lambda', metricName, {
        Name: 'FunctionName',
        Value: sources.laneFunctions[service],
      }),
    ),
  );
  if (!services.includes('sqs')) return queries;
  return [
    ...queries,
    createQuery(EMPTY_RECEIVES_ID, 'AWS/SQS', 'NumberOfEmptyReceives', { Name: 'QueueName', Value: sources.queueName }),
  ];
}

/** Ids start with a lower-case letter: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
function nameQuery(service: Service, metricName: (typeof FUNCTION_METRICS)[number]): string {
  return `${service}${metricName}`;
}

function createQuery(
  id: string,
  namespace: string,
  metricName: string,
  dimension: { readonly Name: string; readonly Value: string },
): MetricDataQuery {
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: metricName, Dimensions: [dimension] },
      Period: PERIOD_SECONDS,
      Stat: 'Sum',
    },
  };
}

async function loadSeries(
  cloudWatch: CloudWatchClient,
  queries: MetricDataQuery[],
  { startMs, endMs }: TrialWindow,
): Promise<Series> {
  const series = new Map(queries.map(({ Id = '' }) => [Id, new Map<number, number>()]));
  const pages = paginateGetMetricData(
    { client: cloudWatch },
    { MetricDataQueries: queries, StartTime: new Date(startMs), EndTime: new Date(endMs) },
  );
  for await (const { MetricDataResults = [] } of pages) {
    for (const { Id = '', Timestamps = [], Values = [] } of MetricDataResults) {
      Timestamps.forEach((timestamp, index) => {
        series.get(Id)?.set(timestamp.getTime(), Values[index] ?? 0);
      });
    }
  }
  return series;
}

function computeMetrics(series: Series, { trial }: TrialResult, window: TrialWindow): TrialMetrics {
  const sum = (metricName: (typeof FUNCTION_METRICS)[number]) =>
    sumWithin(series.get(nameQuery(trial.service, metricName)), window);
  return {
    invocations: sum('Invocations'),
    errors: sum('Errors'),
    throttles: sum('Throttles'),
    durationMs: sum('Duration'),
    emptyReceives: trial.service === 'sqs' ? sumWithin(series.get(EMPTY_RECEIVES_ID), window) : 0,
    windowMs: window.endMs - window.startMs,
  };
}

function sumWithin(sumsByMinute: ReadonlyMap<number, number> | undefined, { startMs, endMs }: TrialWindow): number {
  let sum = 0;
  for (const [timeMs, value] of sumsByMinute ?? []) if (timeMs >= startMs && timeMs < endMs) sum += value;
  return sum;
}
