import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';
import { parseRecordData } from './record-data.ts';

export function putRecord(state: FirehoseState): Operation {
  return defineOperation({
    name: 'PutRecord',
    input: z.strictObject({ DeliveryStreamName: z.string().min(1), Record: z.strictObject({ Data: z.string() }) }),
    needs: ({ DeliveryStreamName }) => [
      { action: 'firehose:PutRecord', resource: state.computeArn(DeliveryStreamName) },
    ],
    handle({ DeliveryStreamName, Record }) {
      const [RecordId] = state.findStream(DeliveryStreamName).put([parseRecordData(Record.Data)], 'PutRecord');
      return { RecordId, Encrypted: false };
    },
  });
}
