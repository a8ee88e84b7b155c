import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { assertRecordFits, countPut, explainThrottle, parseHashKey, recordParameters } from './record-limits.ts';
import { streamReference } from './stream-reference.ts';

export function putRecord(state: KinesisState): Operation {
  return defineOperation({
    name: 'PutRecord',
    input: z.strictObject({ ...streamReference, ...recordParameters }),
    needs: (input) => [{ action: 'kinesis:PutRecord', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      const bytes = assertRecordFits(input, stream);
      const { shard, record } = stream.put(input.PartitionKey, input.Data, parseHashKey(input));
      countPut(state, stream, 'PutRecord', [{ record, bytes }]);
      if (record) return { ShardId: shard.id, SequenceNumber: record.sequenceNumber };
      throw new AwsError('ProvisionedThroughputExceededException', explainThrottle(stream, shard.id, state.accountId));
    },
  });
}
