// How many entries one publish call holds, and how many bytes.

import type { ResolvedInput } from './input.ts';
import { EVENTBRIDGE, FIREHOSE, KINESIS, SQS } from './quotas.ts';
import type { Service } from './service.ts';

interface CallQuota {
  readonly entriesPerCallMax: number;
  readonly callBytesMax: number;
}

export const CALL_QUOTAS: Readonly<Record<Service, CallQuota>> = {
  eventbridge: EVENTBRIDGE,
  sqs: SQS,
  kinesis: KINESIS,
  firehose: FIREHOSE,
};

/** Entries (EventBridge: events) in one publish call to `service`, where their size allows it. */
export function computePublishBatchSize(input: Pick<ResolvedInput, 'publishBatchSize'>, service: Service): number {
  return input.publishBatchSize === 'max' ? CALL_QUOTAS[service].entriesPerCallMax : input.publishBatchSize;
}
