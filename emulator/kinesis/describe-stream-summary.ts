import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { type KinesisState, streamReference } from './create-kinesis-service.ts';

export function describeStreamSummary(state: KinesisState): Operation {
  return defineOperation({
    name: 'DescribeStreamSummary',
    input: z.strictObject(streamReference),
    needs: (input) => [{ action: 'kinesis:DescribeStreamSummary', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      return {
        StreamDescriptionSummary: {
          StreamName: stream.props.name,
          StreamARN: stream.arn,
          StreamStatus: 'ACTIVE',
          StreamModeDetails: { StreamMode: 'PROVISIONED' },
          RetentionPeriodHours: 24,
          StreamCreationTimestamp: stream.createdMs / 1000,
          EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
          EncryptionType: 'NONE',
          OpenShardCount: stream.shards.length,
          ConsumerCount: 0,
        },
      };
    },
  });
}
