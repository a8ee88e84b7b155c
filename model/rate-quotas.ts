// What a steady rate takes of a service, and which of its default quotas it reaches.

import {
  EVENTBRIDGE_RATES,
  FIREHOSE_RATES,
  KINESIS,
  LAMBDA_CONCURRENCY,
  SQS_MAPPING_CONCURRENCY_MAX,
} from './quotas.ts';
import type { Service } from './service.ts';

/** On average. */
export interface Load {
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** EventBridge events, SQS messages, records. */
  readonly entriesPerSecond: number;
  /** Publish calls. */
  readonly callsPerSecond: number;
  /** Of the consumer. */
  readonly invocationsPerSecond: number;
  /** Of the consumer: invocations under way at once. */
  readonly concurrency: number;
}

/** Kinesis: what the records take, the bytes take, and consumers that handle one batch of a shard at a time. */
export function computeShards({ messagesPerSecond, bytesPerSecond, concurrency }: Load): number {
  return Math.max(
    1,
    Math.ceil(messagesPerSecond / KINESIS.shardRecordsPerSecondMax),
    Math.ceil(bytesPerSecond / KINESIS.shardBytesPerSecondMax),
    Math.ceil(concurrency),
  );
}

/** A phrase for each default quota of an account that the load reaches: `1,250 concurrent invocations, of 1,000`. */
export function findReachedQuotas(service: Service, load: Load, region: string): string[] {
  return [...findServiceQuotas(service, load, region), ...findConcurrencyQuotas(service, load)].flatMap(
    ({ value, max, what }) => (value > max ? [`${format(value)} ${what}, of ${format(max)}`] : []),
  );
}

interface Measured {
  readonly value: number;
  readonly max: number;
  readonly what: string;
}

function findServiceQuotas(service: Service, load: Load, region: string): Measured[] {
  if (service === 'eventbridge') {
    const { putEventsPerSecondMax, invocationsPerSecondMax } = EVENTBRIDGE_RATES[region] ?? EVENTBRIDGE_RATES.others;
    return [
      { value: load.callsPerSecond, max: putEventsPerSecondMax, what: 'PutEvents calls/s' },
      { value: load.entriesPerSecond, max: invocationsPerSecondMax, what: 'target invocations/s' },
    ];
  }
  if (service === 'firehose') {
    const quotas = FIREHOSE_RATES[region] ?? FIREHOSE_RATES.others;
    return [
      { value: load.entriesPerSecond, max: quotas.recordsPerSecondMax, what: 'records/s' },
      { value: load.callsPerSecond, max: quotas.callsPerSecondMax, what: 'put calls/s' },
      { value: load.bytesPerSecond, max: quotas.bytesPerSecondMax, what: 'bytes/s' },
    ];
  }
  return [];
}

/** Kinesis takes more shards instead; they need the concurrency all the same. */
function findConcurrencyQuotas(service: Service, { concurrency }: Load): Measured[] {
  const value = Math.ceil(concurrency);
  const what = 'concurrent invocations';
  const account = { value, max: LAMBDA_CONCURRENCY.accountDefault, what };
  return service === 'sqs' && value > SQS_MAPPING_CONCURRENCY_MAX
    ? [account, { value, max: SQS_MAPPING_CONCURRENCY_MAX, what: `${what} of one event source mapping` }]
    : [account];
}

function format(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
