import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { KinesisState } from './create-kinesis-service.ts';
import { assertRecordFits, countPut, explainThrottle, parseHashKey, recordParameters } from './record-limits.ts';
import { streamReference } from './stream-reference.ts';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html */
const RECORDS_MAX = 500;
const REQUEST_BYTES_MAX = 10 * 1024 * 1024;

const recordSchema = z.strictObject(recordParameters);

export function putRecords(state: KinesisState): Operation {
  return defineOperation({
    name: 'PutRecords',
    input: z.strictObject({ ...streamReference, Records: z.array(recordSchema).min(1).max(RECORDS_MAX) }),
    needs: (input) => [{ action: 'kinesis:PutRecords', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      const sizes = input.Records.map((record) => assertRecordFits(record, stream));
      if (sizes.reduce((sum, bytes) => sum + bytes, 0) > REQUEST_BYTES_MAX) {
        throw new AwsError('InvalidArgumentException', `Records size exceeds ${REQUEST_BYTES_MAX} bytes limit`);
      }
      const hashKeys = input.Records.map(parseHashKey);
      const outcomes = input.Records.map(({ PartitionKey, Data }, index) => ({
        ...stream.put(PartitionKey, Data, hashKeys[index]),
        bytes: sizes[index] ?? 0,
      }));
      countPut(state, stream, 'PutRecords', outcomes);
      return {
        FailedRecordCount: outcomes.filter(({ record }) => !record).length,
        Records: outcomes.map(({ shard, record }) =>
          record
            ? { ShardId: shard.id, SequenceNumber: record.sequenceNumber }
            : {
                ErrorCode: 'ProvisionedThroughputExceededException',
                ErrorMessage: explainThrottle(stream, shard.id, state.accountId),
              },
        ),
      };
    },
  });
}
