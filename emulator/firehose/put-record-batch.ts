import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';
import { parseRecordData } from './record-data.ts';

/** https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const RECORDS_MAX = 500;
const REQUEST_BYTES_MAX = 4 * 1024 * 1024;

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
        RequestResponses: stream.put(data, 'PutRecordBatch').map((RecordId) => ({ RecordId })),
      };
    },
  });
}
