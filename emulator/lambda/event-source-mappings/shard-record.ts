// A record of a shard on its way into a batch: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html

import { z } from 'zod';
import { type BatchItem, createBatchItem } from './batch.ts';

const recordSchema = z.object({
  SequenceNumber: z.string(),
  PartitionKey: z.string(),
  /** Base64. */
  Data: z.string(),
  /** Epoch seconds. */
  ApproximateArrivalTimestamp: z.number(),
});

/** What GetRecords answers. */
export const recordsSchema = z.object({
  Records: z.array(recordSchema),
  NextShardIterator: z.string(),
  MillisBehindLatest: z.number(),
});

export interface ShardRecord extends BatchItem {
  /** As long as all others of its shard, so that their order as texts is that in the shard. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Epoch milliseconds. */
  readonly arrivedMs: number;
}

export interface RecordSource {
  readonly shardId: string;
  readonly streamArn: string;
  readonly region: string;
  /** Who polls. */
  readonly roleArn: string;
}

export function createShardRecord(record: z.output<typeof recordSchema>, source: RecordSource): ShardRecord {
  const { SequenceNumber: sequenceNumber, PartitionKey: partitionKey, ApproximateArrivalTimestamp } = record;
  const item = createBatchItem({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber,
      data: record.Data,
      approximateArrivalTimestamp: ApproximateArrivalTimestamp,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${source.shardId}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: source.roleArn,
    awsRegion: source.region,
    eventSourceARN: source.streamArn,
  });
  return { ...item, sequenceNumber, partitionKey, arrivedMs: ApproximateArrivalTimestamp * 1000 };
}
