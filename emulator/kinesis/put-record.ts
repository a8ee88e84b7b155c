import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { type KinesisState, streamReference } from './create-kinesis-service.ts';
import { assertRecordFits } from './put-records.ts';

export function putRecord(state: KinesisState): Operation {
  return defineOperation({
    name: 'PutRecord',
    input: z.strictObject({ ...streamReference, Data: z.string(), PartitionKey: z.string().min(1).max(256) }),
    needs: (input) => [{ action: 'kinesis:PutRecord', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      assertRecordFits(input);
      const stored = stream.put(input.PartitionKey, input.Data);
      if (!stored) {
        state.count(stream, 'WriteProvisionedThroughputExceeded', 1);
        throw new AwsError(
          'ProvisionedThroughputExceededException',
          `Rate exceeded for shard ${stream.findShard(input.PartitionKey)?.id} in stream ${stream.props.name}.`,
        );
      }
      state.count(stream, 'IncomingRecords', 1);
      state.count(stream, 'IncomingBytes', Buffer.byteLength(input.Data, 'base64'));
      return { ShardId: stored.shardId, SequenceNumber: stored.record.sequenceNumber };
    },
  });
}
