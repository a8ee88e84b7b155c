import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';

export const DESTINATION_ID = 'destinationId-000000000001';

export function describeDeliveryStream(state: FirehoseState): Operation {
  return defineOperation({
    name: 'DescribeDeliveryStream',
    input: z.strictObject({ DeliveryStreamName: z.string().min(1) }),
    needs: ({ DeliveryStreamName }) => [
      { action: 'firehose:DescribeDeliveryStream', resource: state.computeArn(DeliveryStreamName) },
    ],
    handle({ DeliveryStreamName }) {
      const stream = state.findStream(DeliveryStreamName);
      return {
        DeliveryStreamDescription: {
          DeliveryStreamName: stream.name,
          DeliveryStreamARN: stream.arn,
          DeliveryStreamStatus: 'ACTIVE',
          DeliveryStreamType: 'DirectPut',
          VersionId: String(stream.versionId),
          CreateTimestamp: stream.createdMs / 1000,
          Destinations: [{ DestinationId: DESTINATION_ID, ExtendedS3DestinationDescription: stream.destination }],
          HasMoreDestinations: false,
        },
      };
    },
  });
}
