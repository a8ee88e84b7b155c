import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';

/** https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const RECORDS_MAX = 500;
const REQUEST_BYTES_MAX = 4 * 1024 * 1024;
const RECORD_BYTES_MAX = 1000 * 1024;

export function putRecordBatch(state: FirehoseState): Operation {
  return defineOperation({
    name: 'PutRecordBatch',
    input: z.strictObject({
      DeliveryStreamName: z.string().min(1),
      Records: z
        .array(z.strictObject({ Data: z.string() }))
        .min(1)
        .max(RECORDS_MAX),
    }),
    needs: ({ DeliveryStreamName }) => [
      { action: 'firehose:PutRecordBatch', resource: state.computeArn(DeliveryStreamName) },
    ],
    handle({ DeliveryStreamName, Records }) {
      const stream = state.findStream(DeliveryStreamName);
      const data = Records.map((record) => parseRecordData(record.Data));
      if (data.reduce((sum, { length }) => sum + length, 0) > REQUEST_BYTES_MAX) {
        throw new AwsError('InvalidArgumentException', 'Request size exceeds 4 MB limit');
      }
      return {
        FailedPutCount: 0,
        Encrypted: false,
        RequestResponses: stream.put(data).map((RecordId) => ({ RecordId })),
      };
    },
  });
}

/** @throws {AwsError} `InvalidArgumentException`. */
export function parseRecordData(base64: string): Buffer {
  const data = Buffer.from(base64, 'base64');
  if (data.length <= RECORD_BYTES_MAX) return data;
  throw new AwsError(
    'InvalidArgumentException',
    `a record has ${data.length} bytes; at most ${RECORD_BYTES_MAX} are allowed`,
  );
}
