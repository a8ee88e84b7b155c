// SQS: one message an entry.

import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Publisher } from './publisher.ts';
import type { QueueUrlLookup } from './queue-url-lookup.ts';

/** https://aws.amazon.com/sqs/pricing/: each 64 KB chunk of a call's payload is a request. */
const CHUNK_BYTES = 64 * 1024;

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
      Math.max(1, Math.ceil(entryBytes.reduce((sum, bytes) => sum + bytes, 0) / CHUNK_BYTES)),
  };
}
