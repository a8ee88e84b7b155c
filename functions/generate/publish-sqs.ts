// SQS: one message an entry.

import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { REQUEST_CHUNK_BYTES } from '../../model/cost/billing-units.ts';
import type { Publisher } from './publisher.ts';
import type { QueueUrlLookup } from './queue-url-lookup.ts';

export function createPublishSqs(client: SQSClient, lookup: QueueUrlLookup): Publisher {
  return {
    callBytesMax: 1024 * 1024,
    async publish(entries) {
      const { Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: lookup.queueUrl(),
          Entries: entries.map(({ text }, index) => ({ Id: String(index), MessageBody: text })),
        }),
      );
      return Failed.map(({ Id }) => Number(Id));
    },
    computeBilledUnits: (entryBytes) =>
      Math.max(1, Math.ceil(entryBytes.reduce((sum, bytes) => sum + bytes, 0) / REQUEST_CHUNK_BYTES)),
  };
}
