// AWS's limits that a plan has to respect, each with its unit in its name, its source and the date it was read.

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html, 2026-10 */
export const EVENT_SOURCE_MAPPING = {
  batchSizeMax: 10_000,
  windowSecondsMax: 300,
  /** Above it a queue's mapping needs a window of at least a second. */
  sqsBatchSizeMaxWithoutWindow: 10,
} as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, 2026-10 */
export const LAMBDA = { syncPayloadBytesMax: 6 * 1024 * 1024, asyncPayloadBytesMax: 1024 * 1024 } as const;

/**
 * A send takes as many messages as a receive brings.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html and API_ReceiveMessage.html, 2026-10
 */
export const SQS = { entriesPerCallMax: 10, callBytesMax: 1024 * 1024, pollersAtStart: 5 } as const;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html, 2026-10 */
export const EVENTBRIDGE = { entriesPerCallMax: 10, callBytesMax: 1024 * 1024 } as const;

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html and the service's limits page, 2026-10 */
export const KINESIS = {
  entriesPerCallMax: 500,
  callBytesMax: 10 * 1024 * 1024,
  recordBytesMax: 1024 * 1024,
  shardRecordsPerSecondMax: 1000,
  shardBytesPerSecondMax: 1_000_000,
} as const;

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html and data-transformation.html, 2026-10 */
export const FIREHOSE = {
  entriesPerCallMax: 500,
  callBytesMax: 4 * 1024 * 1024,
  recordBytesMax: 1_024_000,
  transformSizeMbsMin: 0.2,
  transformSizeMbsMax: 3,
  s3SizeMbsMin: 1,
  s3SizeMbsMax: 128,
  intervalSecondsMax: 900,
} as const;

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html, 2026-10 */
export const STEP_FUNCTIONS = { historyEventsMax: 25_000, payloadBytesMax: 256 * 1024 } as const;

/** Environments of an account and Region at once, by default. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, 2026-10 */
export const LAMBDA_CONCURRENCY = { accountDefault: 1000 } as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html, 2026-10 */
export const SQS_MAPPING_CONCURRENCY_MAX = 1250;

/**
 * Received and not yet deleted; approximate, and of a standard queue.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html, 2026-10
 */
export const SQS_IN_FLIGHT_MESSAGES_MAX = 120_000;

/**
 * PUT, COPY, POST and DELETE to one prefix: the least that S3 takes before it has split the prefix, which it does in time by itself.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html, 2026-05
 */
export const S3_PREFIX_PUTS_PER_SECOND = 3500;

const KINESIS_SHARDS_LARGE = 20_000;

/**
 * Of all provisioned streams of an account, by Region. AWS says 1,000 or 6,000 of all others, and not which; `others` has the lower.
 * https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html, 2026-10
 */
export const KINESIS_SHARDS_MAX: Readonly<Record<string, number>> & { readonly others: number } = {
  'us-east-1': KINESIS_SHARDS_LARGE,
  'us-west-2': KINESIS_SHARDS_LARGE,
  'eu-west-1': KINESIS_SHARDS_LARGE,
  others: 1000,
};

interface EventbridgeRates {
  readonly putEventsPerSecondMax: number;
  readonly invocationsPerSecondMax: number;
}

const EVENTBRIDGE_LARGE: EventbridgeRates = { putEventsPerSecondMax: 10_000, invocationsPerSecondMax: 18_750 };
const EVENTBRIDGE_MEDIUM: EventbridgeRates = { putEventsPerSecondMax: 2400, invocationsPerSecondMax: 4500 };
const EVENTBRIDGE_SMALL: EventbridgeRates = { putEventsPerSecondMax: 1200, invocationsPerSecondMax: 2250 };

/** By Region; `others` has the lowest of them. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html, 2026-10 */
export const EVENTBRIDGE_RATES: Readonly<Record<string, EventbridgeRates>> & { readonly others: EventbridgeRates } = {
  'us-east-1': EVENTBRIDGE_LARGE,
  'us-west-2': EVENTBRIDGE_LARGE,
  'eu-west-1': EVENTBRIDGE_LARGE,
  'us-east-2': EVENTBRIDGE_MEDIUM,
  'eu-central-1': EVENTBRIDGE_MEDIUM,
  'us-west-1': EVENTBRIDGE_SMALL,
  'ap-northeast-1': EVENTBRIDGE_SMALL,
  'ap-southeast-1': EVENTBRIDGE_SMALL,
  'ap-southeast-2': EVENTBRIDGE_SMALL,
  'eu-west-2': EVENTBRIDGE_SMALL,
  others: { putEventsPerSecondMax: 400, invocationsPerSecondMax: 750 },
};

interface FirehoseRates {
  readonly recordsPerSecondMax: number;
  readonly callsPerSecondMax: number;
  readonly bytesPerSecondMax: number;
}

const FIREHOSE_LARGE: FirehoseRates = {
  recordsPerSecondMax: 500_000,
  callsPerSecondMax: 2000,
  bytesPerSecondMax: 5 * 1024 * 1024,
};

/** Direct PUT, by Region. https://docs.aws.amazon.com/firehose/latest/dev/limits.html, 2026-10 */
export const FIREHOSE_RATES: Readonly<Record<string, FirehoseRates>> & { readonly others: FirehoseRates } = {
  'us-east-1': FIREHOSE_LARGE,
  'us-west-2': FIREHOSE_LARGE,
  'eu-west-1': FIREHOSE_LARGE,
  others: { recordsPerSecondMax: 100_000, callsPerSecondMax: 1000, bytesPerSecondMax: 1024 * 1024 },
};
