import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';
import { streamName } from './stream-name.ts';

/** The stream is gone at once, with what it has not delivered; on AWS it is DELETING for some seconds. */
export function deleteDeliveryStream(state: FirehoseState): Operation {
  return defineOperation({
    name: 'DeleteDeliveryStream',
    input: z.strictObject({
      DeliveryStreamName: streamName,
      /** Changes nothing: it is for streams whose key cannot be retired. */
      AllowForceDelete: z.boolean().optional(),
    }),
    needs: ({ DeliveryStreamName }) => [
      { action: 'firehose:DeleteDeliveryStream', resource: state.computeArn(DeliveryStreamName) },
    ],
    handle({ DeliveryStreamName }) {
      state.deleteStream(state.findStream(DeliveryStreamName));
      return {};
    },
  });
}
