// Modelled durations: seeded draws from distributions given by their percentiles.

import type { Random } from './random.ts';

/** Percentiles of a duration in milliseconds, and where they come from. */
export interface LatencyDistribution {
  readonly p10Ms: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  /** Where the percentiles come from; `assumed: …` where nobody published any. */
  readonly source: string;
}

const HOP_TABLE =
  'bitesizedserverless.com "Serverless messaging latency compared", 2022-09 (EventBridge 2023-02), less the assumed publish call';
const INIT_TABLE = 'github.com/maxday/lambda-perf, nodejs24 arm64 512 MB, 2026-06-01 to 2026-08-22';

/** Every duration that the emulator draws. API calls are `api.<service>`, or `api.<service>.<operation>` where it differs. */
export const LATENCIES = {
  'api.sqs': assumed(3, 5, 9, 25, 'an in-Region call with a warm connection'),
  'api.kinesis': assumed(4, 7, 14, 40, 'an in-Region call with a warm connection'),
  'api.firehose': assumed(6, 10, 22, 60, 'an in-Region call with a warm connection'),
  'api.eventbridge': assumed(6, 10, 20, 50, 'an in-Region call with a warm connection'),
  'api.lambda': assumed(8, 15, 35, 90, 'an in-Region control-plane call'),
  'api.lambda.Invoke': assumed(2, 4, 9, 25, 'the front end of Invoke, without the function'),
  'api.s3': assumed(8, 15, 35, 90, 'small objects, in Region, warm connection'),
  'api.s3.PutObject': assumed(12, 22, 45, 130, 'small objects, in Region, warm connection'),
  'api.ssm': assumed(5, 9, 20, 60, 'an in-Region call with a warm connection'),
  'api.cloudwatch': assumed(15, 30, 70, 180, 'an in-Region call'),
  'api.sfn': assumed(10, 20, 45, 120, 'an in-Region call'),
  'api.cloudformation': assumed(40, 90, 250, 700, 'an in-Region control-plane call'),
  'api.sts': assumed(4, 8, 18, 50, 'an in-Region call with a warm connection'),
  'api.logs': assumed(5, 10, 25, 80, 'an in-Region call'),
  /** From the queue's acceptance of a message to the handler's start, warm, when a poller is waiting. */
  'hop.sqs-to-lambda': { p10Ms: 9, p50Ms: 11, p90Ms: 25, p99Ms: 85, source: HOP_TABLE },
  /** From the bus's acceptance of an event to the handler's start, warm. */
  'hop.eventbridge-to-lambda': { p10Ms: 105, p50Ms: 137, p90Ms: 225, p99Ms: 355, source: HOP_TABLE },
  /** From the shard poll that finds a record to the handler's start, warm; the wait for the poll comes on top. */
  'hop.kinesis-to-lambda': { p10Ms: 60, p50Ms: 100, p90Ms: 160, p99Ms: 600, source: HOP_TABLE },
  /** From the flush of the transform buffer to the handler's start, warm. */
  'hop.firehose-to-lambda': assumed(30, 60, 120, 300, 'no published percentile'),
  /** From the flush of the S3 buffer to the object being visible. */
  'hop.firehose-to-s3': assumed(
    1_200,
    2_500,
    4_500,
    8_000,
    'no published percentile; "within a few seconds" without buffering (Firehose guide, buffering hints)',
  ),
  /** From the end of a request to a bucket until the queue has its event notification, or the function its event. */
  'hop.s3-notification': assumed(
    500,
    1_000,
    3_000,
    15_000,
    'no published percentile; "typically delivered in seconds but can sometimes take a minute or longer" (docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html)',
  ),
  'lambda.init': { p10Ms: 100, p50Ms: 125, p90Ms: 138, p99Ms: 169, source: INIT_TABLE },
  /** Loading one megabyte of bundled code within INIT. */
  'lambda.init-per-megabyte': assumed(120, 180, 260, 420, 'three SDK clients and a first call: about 375 ms in all'),
  /** Handler work besides AWS calls, for one invocation at one full vCPU. */
  'lambda.handler-base': assumed(1, 2, 4, 12, 'a warm Node.js handler'),
  'states.transition': assumed(8, 15, 35, 90, 'a Standard workflow state transition'),
  'esm.create': assumed(2_000, 5_000, 15_000, 45_000, 'until a new event source mapping is Enabled'),
  'esm.delete': assumed(2_000, 5_000, 20_000, 60_000, 'until a deleted event source mapping is gone'),
  'esm.update': assumed(4_000, 8_000, 20_000, 45_000, 'until an event source mapping is Enabled again'),
  // Shorter than AWS's, so that a deployment in wall-clock time is no long wait: nothing that is measured depends on them.
  'cloudformation.change-set': assumed(400, 1_000, 2_500, 5_000, 'until a change set is CREATE_COMPLETE'),
  'cloudformation.step': assumed(20, 50, 120, 300, 'from one event of a stack to the next'),
  'cloudformation.create-resource': assumed(300, 800, 2_000, 4_000, 'until a resource is CREATE_COMPLETE'),
  'cloudformation.update-resource': assumed(300, 800, 2_000, 4_000, 'until a resource is UPDATE_COMPLETE'),
  'cloudformation.delete-resource': assumed(300, 800, 2_000, 4_000, 'until a resource is DELETE_COMPLETE'),
  'firehose.update': assumed(
    5_000,
    12_000,
    30_000,
    90_000,
    '"usually effective within a few minutes" (UpdateDestination)',
  ),
  'cloudwatch.listing': assumed(
    60_000,
    180_000,
    500_000,
    700_000,
    'a new metric may take up to 15 minutes to appear in ListMetrics (CloudWatch guide, publishing metrics)',
  ),
  'cloudwatch.appearance': assumed(
    45_000,
    75_000,
    120_000,
    170_000,
    'no official figure; two to five minutes is the planning value',
  ),
} as const satisfies Record<string, LatencyDistribution>;

export type LatencyName = keyof typeof LATENCIES;

class UnknownLatencyError extends Error {
  override name = 'UnknownLatencyError';
}

function isLatencyName(name: string): name is LatencyName {
  return Object.hasOwn(LATENCIES, name);
}

/** @throws {UnknownLatencyError} for a service without an entry of its own. */
export function operationLatencyName(service: string, operation: string): LatencyName {
  for (const name of [`api.${service}.${operation}`, `api.${service}`]) {
    if (isLatencyName(name)) return name;
  }
  throw new UnknownLatencyError(`no latency is known for ${service}.${operation}; add api.${service}`);
}

export interface LatencyModel {
  sampleMs(name: LatencyName): number;
}

export function createLatencyModel(randomFor: (streamName: string) => Random): LatencyModel {
  const streams = new Map<LatencyName, Random>();
  return {
    sampleMs(name) {
      let random = streams.get(name);
      if (!random) {
        random = randomFor(`latency/${name}`);
        streams.set(name, random);
      }
      return computeQuantileMs(LATENCIES[name], random.next());
    },
  };
}

/**
 * The distribution's quantile at `probability`, interpolated on a logarithmic scale between the given percentiles;
 * both ends go on at the slope of their neighbour, the upper one as far as p99.9.
 */
export function computeQuantileMs(distribution: LatencyDistribution, probability: number): number {
  let points = POINTS.get(distribution);
  if (!points) {
    points = computePoints(distribution);
    POINTS.set(distribution, points);
  }
  let [lowerProbability, lowerMs] = points[0];
  for (const [upperProbability, upperMs] of points) {
    if (probability <= upperProbability && lowerProbability < upperProbability) {
      const share = (probability - lowerProbability) / (upperProbability - lowerProbability);
      return lowerMs * (upperMs / lowerMs) ** share;
    }
    [lowerProbability, lowerMs] = [upperProbability, upperMs];
  }
  return lowerMs;
}

type Points = readonly [Point, ...Point[]];
/** A probability, and the quantile at it in milliseconds. */
type Point = readonly [number, number];

/** Drawn from too often to be computed anew. */
const POINTS = new WeakMap<LatencyDistribution, Points>();

function computePoints({ p10Ms, p50Ms, p90Ms, p99Ms }: LatencyDistribution): Points {
  return [
    [0, p10Ms * (p10Ms / p50Ms) ** 0.25],
    [0.1, p10Ms],
    [0.5, p50Ms],
    [0.9, p90Ms],
    [0.99, p99Ms],
    [1, p99Ms * (p99Ms / p90Ms) ** 0.5],
  ];
}

function assumed(p10Ms: number, p50Ms: number, p90Ms: number, p99Ms: number, reason: string): LatencyDistribution {
  return { p10Ms, p50Ms, p90Ms, p99Ms, source: `assumed: ${reason}` };
}
