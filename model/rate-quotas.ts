// What a steady rate takes of a service, and which of its default quotas it reaches.

import {
  EVENTBRIDGE_RATES,
  FIREHOSE_RATES,
  KINESIS,
  KINESIS_SHARDS_MAX,
  LAMBDA_CONCURRENCY,
  S3_PREFIX_PUTS_PER_SECOND,
  SQS,
  SQS_IN_FLIGHT_MESSAGES_MAX,
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
  /** S3 requests that store arrivals, all of them under one prefix. */
  readonly putsPerSecond: number;
}

/** What a load takes of a default quota. */
export interface QuotaUse {
  /** What is limited, with its unit, in the plural: `put calls/s`. */
  readonly quota: string;
  readonly value: number;
  readonly max: number;
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

/** The default quotas that a load comes up to, or goes beyond. */
export function findReachedQuotas(service: Service, load: Load, region: string): QuotaUse[] {
  const uses = [
    ...computeServiceUses(service, load, region),
    ...computeConcurrencyUses(service, load),
    { quota: 'S3 PUT requests/s to one prefix', value: load.putsPerSecond, max: S3_PREFIX_PUTS_PER_SECOND },
  ];
  return uses.filter(({ value, max }) => value >= max);
}

function computeServiceUses(service: Service, load: Load, region: string): QuotaUse[] {
  switch (service) {
    case 'eventbridge': {
      const quotas = EVENTBRIDGE_RATES[region] ?? EVENTBRIDGE_RATES.others;
      return [
        { quota: 'PutEvents calls/s', value: load.callsPerSecond, max: quotas.putEventsPerSecondMax },
        { quota: 'target invocations/s', value: load.entriesPerSecond, max: quotas.invocationsPerSecondMax },
      ];
    }
    case 'sqs':
      return [{ quota: 'messages in flight', value: computeInFlightMessages(load), max: SQS_IN_FLIGHT_MESSAGES_MAX }];
    case 'kinesis': {
      const max = KINESIS_SHARDS_MAX[region];
      return max === undefined
        ? [{ quota: 'shards (in some Regions 6,000)', value: computeShards(load), max: KINESIS_SHARDS_MAX.others }]
        : [{ quota: 'shards', value: computeShards(load), max }];
    }
    case 'firehose': {
      const quotas = FIREHOSE_RATES[region] ?? FIREHOSE_RATES.others;
      return [
        { quota: 'records/s', value: load.entriesPerSecond, max: quotas.recordsPerSecondMax },
        { quota: 'put calls/s', value: load.callsPerSecond, max: quotas.callsPerSecondMax },
        { quota: 'bytes/s', value: load.bytesPerSecond, max: quotas.bytesPerSecondMax },
      ];
    }
  }
}

/**
 * SQS: received and not yet deleted, by Little's law. A message waits in one of the pollers' batches until that is full, and then for
 * its invocation to end. How many pollers gather at once is not visible: as many as Lambda begins with.
 */
function computeInFlightMessages({ messagesPerSecond, invocationsPerSecond, concurrency }: Load): number {
  const messagesPerInvocation = messagesPerSecond / invocationsPerSecond;
  return (SQS.pollersAtStart + concurrency) * messagesPerInvocation;
}

/** Kinesis takes more shards instead; they need the concurrency all the same. */
function computeConcurrencyUses(service: Service, { concurrency }: Load): QuotaUse[] {
  const value = Math.ceil(concurrency);
  const quota = 'concurrent invocations';
  const account = { quota, value, max: LAMBDA_CONCURRENCY.accountDefault };
  return service === 'sqs'
    ? [account, { quota: `${quota} of one event source mapping`, value, max: SQS_MAPPING_CONCURRENCY_MAX }]
    : [account];
}
