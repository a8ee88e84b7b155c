// What a trial's messages cost at list price: from the call that publishes them to the object they end up in.

import { computeLineBytes } from '../mechanism.ts';
import { SQS } from '../quotas.ts';
import type { Service } from '../service.ts';
import type { PublishTotals } from '../trial.ts';
import { MULTIPART_PART_BYTES, REQUEST_CHUNK_BYTES } from './billing-units.ts';
import {
  computeAsyncRequests,
  computeGbSeconds,
  EVENT_FRAME_BYTES,
  FUNCTION_MEMORY_MBS,
  LOG_BYTES_PER_INVOCATION,
} from './lambda-billing.ts';
import { computeLineItem, type LineItem } from './line-item.ts';

/** Invocations that handled equally many messages. */
export interface InvocationSize {
  readonly messages: number;
  readonly invocations: number;
}

export interface TrialUsage {
  readonly service: Service;
  /** The batching window in force, whole seconds. */
  readonly windowSeconds: number;
  /** The stretch of time that messages were published over. */
  readonly loadMs: number;
  readonly publish: Pick<PublishTotals, 'sent' | 'billedUnits' | 'bytes'>;
  /** Of the consumer, errors included. */
  readonly invocations: number;
  /** Sum over the invocations, initialisation left out. */
  readonly durationMs: number;
  /** Sum over the invocations that were cold starts. */
  readonly initMs: number;
  readonly invocationSizes: readonly InvocationSize[];
  /** Objects that the messages ended up in. */
  readonly objects: number;
  /** SQS: receives per second that brought nothing. 0 for the others. */
  readonly emptyReceivesPerSecond: number;
}

export const BYTES_PER_GB = 1024 ** 3;
/** Below it Firehose uploads in parts: https://docs.aws.amazon.com/firehose/latest/dev/create-configure-backup.html#buffering-hints */
const MULTIPART_WINDOW_SECONDS = 60;
/** CreateMultipartUpload and CompleteMultipartUpload; each part is one UploadPart more. */
const MULTIPART_REQUESTS_BESIDE_PARTS = 2;

/**
 * The bill of one trial, in order of category.
 * @throws {UnknownPriceError}
 */
export function computeTrialCost(usage: TrialUsage, region: string): LineItem[] {
  return [
    computePublish(usage, region),
    ...computeDelivery(usage, region),
    ...computeConsumer(usage, region),
    computeStorage(usage, region),
    computeLogs(usage, region),
    ...computeFixed(usage, region),
  ];
}

function computePublish({ service, publish }: TrialUsage, region: string): LineItem {
  const { billedUnits } = publish;
  switch (service) {
    case 'eventbridge':
      return computeLineItem(region, {
        category: 'publish',
        item: 'EventBridge events published',
        priceItem: 'eventbridge.event',
        quantity: billedUnits,
        formula: 'each 64 KB chunk of an event; delivery to a function in the same account is free',
      });
    case 'sqs':
      return computeLineItem(region, {
        category: 'publish',
        item: 'SQS sends',
        priceItem: 'sqs.request',
        quantity: billedUnits,
        formula: 'each 64 KB chunk of a send call',
      });
    case 'kinesis':
      return computeLineItem(region, {
        category: 'publish',
        item: 'Kinesis PUT payload units',
        priceItem: 'kinesis.put-payload-unit',
        quantity: billedUnits,
        formula: 'each 25 KB chunk of a record',
      });
    case 'firehose':
      return computeLineItem(region, {
        category: 'publish',
        item: 'Firehose ingestion',
        priceItem: 'firehose.gb',
        quantity: billedUnits / BYTES_PER_GB,
        formula: 'each record rounded up to 5 KB',
      });
  }
}

function computeDelivery(usage: TrialUsage, region: string): LineItem[] {
  if (usage.service !== 'sqs') return [];
  const messageBytes = computeMessageBytes(usage);
  return [
    computeLineItem(region, {
      category: 'delivery',
      item: 'SQS receives',
      priceItem: 'sqs.request',
      quantity: sumOverInvocations(usage, (messages) => computeReceives(messages, messageBytes)) + countLineless(usage),
      formula:
        "each invocation's messages ÷ 10, and each 64 KB chunk; one for an invocation that left no line: the least possible, as Lambda's receives are not visible",
    }),
    computeLineItem(region, {
      category: 'delivery',
      item: 'SQS deletes',
      priceItem: 'sqs.request',
      quantity: sumOverInvocations(usage, (messages) => Math.ceil(messages / SQS.entriesPerCallMax)),
      formula: "each invocation's messages ÷ 10: the least possible, as Lambda's deletes are not visible",
    }),
  ];
}

/** Invocations that failed, or whose every line is missing: what they had been given was received too. */
function countLineless(usage: TrialUsage): number {
  return Math.max(0, usage.invocations - sumOverInvocations(usage, () => 1));
}

/** Receive requests billed for `messages`, fetched ten at a time. */
function computeReceives(messages: number, messageBytes: number): number {
  const chunks = (count: number) => Math.ceil((count * messageBytes) / REQUEST_CHUNK_BYTES);
  const full = Math.floor(messages / SQS.entriesPerCallMax);
  const rest = messages % SQS.entriesPerCallMax;
  return full * Math.max(1, chunks(SQS.entriesPerCallMax)) + (rest > 0 ? Math.max(1, chunks(rest)) : 0);
}

function computeConsumer(usage: TrialUsage, region: string): LineItem[] {
  const messageBytes = computeMessageBytes(usage);
  const isAsync = usage.service === 'eventbridge';
  const requestsBeyondFirst = isAsync
    ? sumOverInvocations(usage, (messages) => computeAsyncRequests(messages * messageBytes + EVENT_FRAME_BYTES) - 1)
    : 0;
  return [
    computeLineItem(region, {
      category: 'lambda-requests',
      item: 'Lambda requests',
      priceItem: 'lambda.request',
      quantity: usage.invocations + requestsBeyondFirst,
      formula: isAsync
        ? 'invocations, and one more for each 64 KB of an EventBridge event beyond 256 KB'
        : 'invocations',
    }),
    computeLineItem(region, {
      category: 'lambda-duration',
      item: 'Lambda duration',
      priceItem: 'lambda.gb-second-arm64',
      quantity: computeGbSeconds({ ...usage, memoryMbs: FUNCTION_MEMORY_MBS }),
      formula: `(duration + initialisation of cold starts + 0.5 ms of expected rounding an invocation) × ${FUNCTION_MEMORY_MBS} MB`,
    }),
  ];
}

function computeStorage(usage: TrialUsage, region: string): LineItem {
  const { service, windowSeconds, objects } = usage;
  const isMultipart = service === 'firehose' && windowSeconds < MULTIPART_WINDOW_SECONDS;
  return computeLineItem(region, {
    category: 's3',
    item: 'S3 PUT requests',
    priceItem: 's3.put',
    quantity: objects * (isMultipart ? MULTIPART_REQUESTS_BESIDE_PARTS + computeParts(usage) : 1),
    formula: isMultipart
      ? `buffered for less than ${MULTIPART_WINDOW_SECONDS} s, Firehose uploads each object in parts: initiate, complete, and one for each 5 MB`
      : 'one for each object',
  });
}

/** Parts of an object of mean size. */
function computeParts(usage: TrialUsage): number {
  const lines = sumOverInvocations(usage, (messages) => messages);
  const objectBytes = usage.objects === 0 ? 0 : (lines * computeLineBytes(computeMessageBytes(usage))) / usage.objects;
  return Math.max(1, Math.ceil(objectBytes / MULTIPART_PART_BYTES));
}

function computeLogs({ invocations }: TrialUsage, region: string): LineItem {
  return computeLineItem(region, {
    category: 'logs',
    item: 'Lambda logs',
    priceItem: 'logs.gb',
    quantity: (invocations * LOG_BYTES_PER_INVOCATION) / BYTES_PER_GB,
    formula: `invocations × ${LOG_BYTES_PER_INVOCATION} bytes, assumed, of Lambda's own start and report events`,
  });
}

/**
 * What the service costs by the hour, for the hours of the load. The drain after it is left out: under load that goes on,
 * the drain of one stretch is the load of the next, so counting it would blame long windows for the harness's patience.
 */
function computeFixed({ service, loadMs, emptyReceivesPerSecond }: TrialUsage, region: string): LineItem[] {
  if (service === 'kinesis') {
    return [
      computeLineItem(region, {
        category: 'fixed',
        item: 'Kinesis shard',
        priceItem: 'kinesis.shard-hour',
        quantity: loadMs / 3_600_000,
        formula: 'one shard for as long as messages were published',
      }),
    ];
  }
  if (service === 'sqs') {
    return [
      computeLineItem(region, {
        category: 'fixed',
        item: 'SQS empty receives',
        priceItem: 'sqs.request',
        quantity: (emptyReceivesPerSecond * loadMs) / 1000,
        formula: 'receives that brought nothing, at their measured rate, for as long as messages were published',
      }),
    ];
  }
  return [];
}

function computeMessageBytes({ publish }: TrialUsage): number {
  return publish.sent === 0 ? 0 : publish.bytes / publish.sent;
}

function sumOverInvocations(usage: TrialUsage, compute: (messages: number) => number): number {
  return usage.invocationSizes.reduce((sum, { messages, invocations }) => sum + invocations * compute(messages), 0);
}

/** Cost of a million messages like these, or undefined when none arrived. */
export function computeCostPerMillionUsd(costUsd: number, arrived: number): number | undefined {
  return arrived === 0 ? undefined : (costUsd / arrived) * 1_000_000;
}
