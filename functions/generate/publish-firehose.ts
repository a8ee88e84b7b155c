// Data Firehose: one message a record.

import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { findFailed, type Publisher } from './publisher.ts';

/** https://aws.amazon.com/kinesis/data-firehose/pricing/: each record is rounded up to 5 KB. */
const ROUNDING_BYTES = 5 * 1024;

export function createPublishFirehose(client: FirehoseClient, deliveryStreamName: string): Publisher {
  return {
    callBytesMax: 4 * 1024 * 1024,
    async publish(entries) {
      const { RequestResponses = [] } = await client.send(
        new PutRecordBatchCommand({
          DeliveryStreamName: deliveryStreamName,
          Records: entries.map(({ text }) => ({ Data: Buffer.from(text) })),
        }),
      );
      return findFailed(RequestResponses, ({ ErrorCode }) => ErrorCode !== undefined);
    },
    computeBilledUnits: (entryBytes) =>
      entryBytes.reduce((sum, bytes) => sum + Math.ceil(bytes / ROUNDING_BYTES) * ROUNDING_BYTES, 0),
  };
}
