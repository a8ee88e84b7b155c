// Kinesis Data Streams: one message a record.

import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { PUT_PAYLOAD_UNIT_BYTES } from '../../model/cost/billing-units.ts';
import { findFailed, type Publisher } from './publisher.ts';

export function createPublishKinesis(client: KinesisClient, streamName: string): Publisher {
  return {
    callBytesMax: 9 * 1024 * 1024,
    async publish(entries) {
      const { Records = [] } = await client.send(
        new PutRecordsCommand({
          StreamName: streamName,
          Records: entries.map(({ text, partitionKey }) => ({ Data: Buffer.from(text), PartitionKey: partitionKey })),
        }),
      );
      return findFailed(Records, ({ ErrorCode }) => ErrorCode !== undefined);
    },
    computeBilledUnits: (entryBytes) =>
      entryBytes.reduce((sum, bytes) => sum + Math.ceil(bytes / PUT_PAYLOAD_UNIT_BYTES), 0),
  };
}
