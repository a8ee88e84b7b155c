import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { describeProperties } from './describe-stream.ts';
import { streamReference } from './stream-reference.ts';

export function describeStreamSummary(state: KinesisState): Operation {
  return defineOperation({
    name: 'DescribeStreamSummary',
    input: z.strictObject(streamReference),
    needs: (input) => [{ action: 'kinesis:DescribeStreamSummary', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      return {
        StreamDescriptionSummary: {
          ...describeProperties(stream),
          OpenShardCount: stream.shards.length,
          ConsumerCount: 0,
          MaxRecordSizeInKiB: stream.recordKibMax,
        },
      };
    },
  });
}
