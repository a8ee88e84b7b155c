// From deliveries to arrival objects: one object for each trial that the invocation has messages of, normally one.

import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { SQSBatchResponse } from 'aws-lambda';
import { type HandedMessage, type Invocation, renderArrivedLine } from '../../model/arrived-message.ts';
import { computeArrivalKey } from '../../model/keys.ts';
import type { Delivery } from './parse-deliveries.ts';

/** Thrown when an EventBridge event cannot be read or stored: it has no partial response, so the whole event is retried. */
export class EventNotConsumedError extends Error {
  override name = 'EventNotConsumedError';
}

interface TrialDeliveries {
  readonly runId: string;
  readonly trialId: string;
  readonly messages: HandedMessage[];
  readonly deliveries: Set<Delivery>;
}

/**
 * Stores the messages. What could not be read or stored is given back by its item identifier, so that only that is
 * delivered again.
 * @throws {EventNotConsumedError}
 */
export async function consume(
  deliveries: readonly Delivery[],
  begun: Omit<Invocation, 'invocationMessages'>,
  storage: { s3: S3Client; bucketName: string },
): Promise<SQSBatchResponse> {
  const invocationMessages = deliveries.reduce((sum, { messages = [] }) => sum + messages.length, 0);
  const invocation = { ...begun, invocationMessages };
  const failed = new Set(deliveries.filter(({ messages }) => messages === undefined));
  let cause: unknown;
  await Promise.all(
    groupByTrial(deliveries).map(async (group) => {
      try {
        await storeTrial(group, invocation, storage);
      } catch (error) {
        cause = error;
        for (const delivery of group.deliveries) failed.add(delivery);
      }
    }),
  );
  return reportFailures(failed, cause);
}

function groupByTrial(deliveries: readonly Delivery[]): TrialDeliveries[] {
  const groups = new Map<string, TrialDeliveries>();
  for (const delivery of deliveries) {
    for (const handed of delivery.messages ?? []) {
      const { runId, trialId } = handed.message;
      const name = `${runId}/${trialId}`;
      const group = groups.get(name) ?? { runId, trialId, messages: [], deliveries: new Set() };
      groups.set(name, group);
      group.messages.push(handed);
      group.deliveries.add(delivery);
    }
  }
  return [...groups.values()];
}

async function storeTrial(
  { runId, trialId, messages }: TrialDeliveries,
  invocation: Invocation,
  { s3, bucketName }: { s3: S3Client; bucketName: string },
): Promise<void> {
  const { receivedAt, requestId, coldStart, initMs } = invocation;
  const deliveries = messages.map(({ message: { sequence }, acceptedAtMs }) => ({
    sequence,
    ...(acceptedAtMs !== undefined && { acceptedAtMs }),
  }));
  await s3.send(
    new PutObjectCommand({
      Bucket: bucketName,
      Key: computeArrivalKey(runId, trialId, {
        receivedAtMs: receivedAt,
        requestId,
        manifest: { coldStart, initMs, deliveries },
      }),
      ContentType: 'application/x-ndjson',
      Body: messages.map((handed) => `${renderArrivedLine(handed, invocation)}\n`).join(''),
    }),
  );
}

function reportFailures(failed: ReadonlySet<Delivery>, cause: unknown): SQSBatchResponse {
  const batchItemFailures = [...failed].map(({ itemIdentifier }) => {
    if (itemIdentifier !== undefined) return { itemIdentifier };
    throw new EventNotConsumedError('the event could not be read or stored', { cause });
  });
  // SQS and Kinesis hear of the messages only: why is told here, or nowhere.
  if (cause !== undefined) console.error(cause);
  return { batchItemFailures };
}
