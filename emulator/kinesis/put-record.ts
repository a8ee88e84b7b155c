import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { assertRecordFits, countPut, explainThrottle } from './record-limits.ts';
import { streamReference } from './stream-reference.ts';

export function putRecord(state: KinesisState): Operation {
  return defineOperation({
    name: 'PutRecord',
    input: z.strictObject({ ...streamReference, Data: z.string(), PartitionKey: z.string().min(1).max(256) }),
    needs: (input) => [{ action: 'kinesis:PutRecord', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      const bytes = assertRecordFits(input);
      const { shard, record } = stream.put(input.PartitionKey, input.Data);
      countPut(state, stream, [{ record, bytes }]);
      if (record) return { ShardId: shard.id, SequenceNumber: record.sequenceNumber };
      throw new AwsError('ProvisionedThroughputExceededException', explainThrottle(stream, shard.id, state.accountId));
    },
  });
}
