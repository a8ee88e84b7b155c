import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { describeShard } from './describe-shard.ts';
import type { Stream } from './stream.ts';
import { streamReference } from './stream-reference.ts';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStream.html */
const SHARDS_MAX = 10_000;
const SHARDS_DEFAULT = 100;

export function describeStream(state: KinesisState): Operation {
  return defineOperation({
    name: 'DescribeStream',
    input: z.strictObject({
      ...streamReference,
      Limit: z.int().min(1).max(SHARDS_MAX).default(SHARDS_DEFAULT),
      ExclusiveStartShardId: z.string().default(''),
    }),
    needs: (input) => [{ action: 'kinesis:DescribeStream', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      const shards = stream.shards.filter(({ id }) => id > input.ExclusiveStartShardId);
      return {
        StreamDescription: {
          ...describeProperties(stream),
          Shards: shards.slice(0, input.Limit).map(describeShard),
          HasMoreShards: shards.length > input.Limit,
        },
      };
    },
  });
}

/** What DescribeStream and DescribeStreamSummary have in common. */
export function describeProperties(stream: Stream): object {
  return {
    StreamName: stream.props.name,
    StreamARN: stream.arn,
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
    RetentionPeriodHours: stream.retentionHours,
    StreamCreationTimestamp: stream.createdMs / 1000,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: 'NONE',
  };
}
