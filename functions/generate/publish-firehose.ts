// Data Firehose: one message a record.

import { type FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { FIREHOSE_ROUNDING_BYTES } from '../../model/cost/billing-units.ts';
import { findFailed, type Publisher } from './publisher.ts';

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
      entryBytes.reduce((sum, bytes) => sum + Math.ceil(bytes / FIREHOSE_ROUNDING_BYTES) * FIREHOSE_ROUNDING_BYTES, 0),
  };
}
