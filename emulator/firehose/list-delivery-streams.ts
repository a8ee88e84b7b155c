import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListDeliveryStreams.html */
const STREAMS_MAX = 10_000;
const STREAMS_DEFAULT = 10;

export function listDeliveryStreams(state: FirehoseState): Operation {
  return defineOperation({
    name: 'ListDeliveryStreams',
    input: z.strictObject({
      Limit: z.int().min(1).max(STREAMS_MAX).default(STREAMS_DEFAULT),
      DeliveryStreamType: z.enum(['DirectPut', 'KinesisStreamAsSource', 'MSKAsSource', 'DatabaseAsSource']).optional(),
      ExclusiveStartDeliveryStreamName: z.string().default(''),
    }),
    // The action takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisfirehose.html
    needs: () => [{ action: 'firehose:ListDeliveryStreams', resource: '*' }],
    handle({ Limit, DeliveryStreamType = 'DirectPut', ExclusiveStartDeliveryStreamName }) {
      const names = DeliveryStreamType === 'DirectPut' ? state.listStreams().map(({ name }) => name) : [];
      const rest = names.filter((name) => name > ExclusiveStartDeliveryStreamName);
      return { DeliveryStreamNames: rest.slice(0, Limit), HasMoreDeliveryStreams: rest.length > Limit };
    },
  });
}
