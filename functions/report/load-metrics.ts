// Asks CloudWatch what it counted, once for the whole run: a query per metric, not per trial.

import { type CloudWatchClient, type MetricDataQuery, paginateGetMetricData } from '@aws-sdk/client-cloudwatch';
import type { Service } from '../../model/service.ts';
import type { TrialResult } from '../../model/trial.ts';
import { computeTrialWindow, type TrialWindow } from '../../model/trial-window.ts';
import type { ServiceCount, TrialMetrics } from '../../reports/report-facts.ts';

export interface MetricSources {
  /** Names of the functions that consume. */
  readonly laneFunctions: Readonly<Record<Service, string>>;
  readonly eventBusName: string;
  readonly eventRuleName: string;
  readonly queueName: string;
  readonly streamName: string;
  readonly deliveryStreamName: string;
}

/** Sums by minute: metric id → epoch milliseconds → sum. */
type Series = ReadonlyMap<string, ReadonlyMap<number, number>>;

type FunctionMetric = (typeof FUNCTION_METRICS)[number];
const FUNCTION_METRICS = ['Invocations', 'Errors', 'Throttles', 'Duration'] as const;
const PERIOD_SECONDS = 60;

type Dimensions = readonly { readonly Name: string; readonly Value: string }[];

/** What a service counts of its own: ours → CloudWatch's name. */
interface ServiceMetrics {
  readonly namespace: string;
  readonly names: Readonly<Partial<Record<ServiceCount | 'emptyReceives', string>>>;
  dimensions(sources: MetricSources): Dimensions;
}

const SERVICE_METRICS: Readonly<Record<Service, ServiceMetrics>> = {
  eventbridge: {
    namespace: 'AWS/Events',
    // PutEventsEntriesCount would be nearer to the bill, but is of the account as a whole.
    names: { entries: 'MatchedEvents' },
    dimensions: ({ eventBusName, eventRuleName }) => [
      { Name: 'EventBusName', Value: eventBusName },
      { Name: 'RuleName', Value: eventRuleName },
    ],
  },
  sqs: {
    namespace: 'AWS/SQS',
    names: {
      entries: 'NumberOfMessagesSent',
      received: 'NumberOfMessagesReceived',
      deleted: 'NumberOfMessagesDeleted',
      emptyReceives: 'NumberOfEmptyReceives',
    },
    dimensions: ({ queueName }) => [{ Name: 'QueueName', Value: queueName }],
  },
  kinesis: {
    namespace: 'AWS/Kinesis',
    names: { entries: 'IncomingRecords', bytes: 'IncomingBytes' },
    dimensions: ({ streamName }) => [{ Name: 'StreamName', Value: streamName }],
  },
  firehose: {
    namespace: 'AWS/Firehose',
    names: { entries: 'IncomingRecords', bytes: 'IncomingBytes' },
    dimensions: ({ deliveryStreamName }) => [{ Name: 'DeliveryStreamName', Value: deliveryStreamName }],
  },
};

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

/** At most 25, so always one call: CloudWatch takes 500 queries, and 100,800 data points are almost three days of minutes. */
function createQueries(results: readonly TrialResult[], sources: MetricSources): MetricDataQuery[] {
  const services = [...new Set(results.map(({ trial }) => trial.service))];
  return services.flatMap((service) => {
    const ofFunction = [{ Name: 'FunctionName', Value: sources.laneFunctions[service] }];
    const { namespace, names, dimensions } = SERVICE_METRICS[service];
    return [
      ...FUNCTION_METRICS.map((name) => createQuery(nameQuery(service, name), 'AWS/Lambda', name, ofFunction)),
      ...Object.entries(names).map(([count, name]) =>
        createQuery(nameQuery(service, count), namespace, name, dimensions(sources)),
      ),
    ];
  });
}

/** Ids start with a lower-case letter: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html */
function nameQuery(service: Service, metric: string): string {
  return `${service}_${metric}`;
}

function createQuery(id: string, namespace: string, metricName: string, dimensions: Dimensions): MetricDataQuery {
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: metricName, Dimensions: [...dimensions] },
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
  const sum = (metric: FunctionMetric | ServiceCount | 'emptyReceives') =>
    sumWithin(series.get(nameQuery(trial.service, metric)), window);
  const { names } = SERVICE_METRICS[trial.service];
  return {
    invocations: sum('Invocations'),
    errors: sum('Errors'),
    throttles: sum('Throttles'),
    durationMs: sum('Duration'),
    emptyReceives: sum('emptyReceives'),
    serviceCounts: {
      ...(names.entries !== undefined && { entries: sum('entries') }),
      ...(names.bytes !== undefined && { bytes: sum('bytes') }),
      ...(names.received !== undefined && { received: sum('received') }),
      ...(names.deleted !== undefined && { deleted: sum('deleted') }),
    },
    windowMs: window.endMs - window.startMs,
  };
}

function sumWithin(sumsByMinute: ReadonlyMap<number, number> | undefined, { startMs, endMs }: TrialWindow): number {
  let sum = 0;
  for (const [timeMs, value] of sumsByMinute ?? []) if (timeMs >= startMs && timeMs < endMs) sum += value;
  return sum;
}
