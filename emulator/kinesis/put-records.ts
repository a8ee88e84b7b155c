import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { type KinesisState, streamReference } from './create-kinesis-service.ts';

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html; a stream's default for one record is 1 MiB. */
const RECORDS_MAX = 500;
const REQUEST_BYTES_MAX = 10 * 1024 * 1024;
const RECORD_BYTES_MAX = 1024 * 1024;

const recordSchema = z.strictObject({ Data: z.string(), PartitionKey: z.string().min(1).max(256) });

export function putRecords(state: KinesisState): Operation {
  return defineOperation({
    name: 'PutRecords',
    input: z.strictObject({ ...streamReference, Records: z.array(recordSchema).min(1).max(RECORDS_MAX) }),
    needs: (input) => [{ action: 'kinesis:PutRecords', resource: state.computeArn(input) }],
    handle(input) {
      const stream = state.findStream(input);
      const bytes = input.Records.reduce((sum, record) => sum + assertRecordFits(record), 0);
      if (bytes > REQUEST_BYTES_MAX) {
        throw new AwsError('InvalidArgumentException', `Records size exceeds ${REQUEST_BYTES_MAX} bytes limit`);
      }
      const Records = input.Records.map(({ Data, PartitionKey }) => {
        const stored = stream.put(PartitionKey, Data);
        if (stored) return { ShardId: stored.shardId, SequenceNumber: stored.record.sequenceNumber };
        return {
          ErrorCode: 'ProvisionedThroughputExceededException',
          ErrorMessage: `Rate exceeded for shard ${stream.findShard(PartitionKey)?.id} in stream ${stream.props.name}.`,
        };
      });
      const failed = Records.filter((record) => 'ErrorCode' in record).length;
      state.count(stream, 'IncomingRecords', Records.length - failed);
      state.count(stream, 'IncomingBytes', bytes);
      state.count(stream, 'WriteProvisionedThroughputExceeded', failed);
      return { FailedRecordCount: failed, Records };
    },
  });
}

/** The record's bytes with its partition key. @throws {AwsError} `ValidationException`. */
export function assertRecordFits({ Data, PartitionKey }: { Data: string; PartitionKey: string }): number {
  const bytes = Buffer.byteLength(Data, 'base64') + Buffer.byteLength(PartitionKey);
  if (bytes <= RECORD_BYTES_MAX) return bytes;
  throw new AwsError(
    'ValidationException',
    `a record has ${bytes} bytes with its partition key; at most ${RECORD_BYTES_MAX} are allowed`,
  );
}
