import { z } from 'zod';
import { createPassRoleNeed } from '../iam/pass-role.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';
import { listPassedRoles } from './list-passed-roles.ts';
import { destinationUpdateSchema } from './settings.ts';
import { streamName } from './stream-name.ts';

/** The stream is ACTIVE at once; on AWS it is CREATING for some seconds. */
export function createDeliveryStream(state: FirehoseState): Operation {
  return defineOperation({
    name: 'CreateDeliveryStream',
    input: z.strictObject({
      DeliveryStreamName: streamName,
      DeliveryStreamType: z.literal('DirectPut').optional(),
      ExtendedS3DestinationConfiguration: destinationUpdateSchema,
    }),
    needs: ({ DeliveryStreamName, ExtendedS3DestinationConfiguration }) => [
      { action: 'firehose:CreateDeliveryStream', resource: state.computeArn(DeliveryStreamName) },
      ...listPassedRoles(ExtendedS3DestinationConfiguration).map((roleArn) =>
        createPassRoleNeed(roleArn, 'firehose.amazonaws.com'),
      ),
    ],
    handle({ DeliveryStreamName, ExtendedS3DestinationConfiguration }) {
      const { arn } = state.createStream(DeliveryStreamName, ExtendedS3DestinationConfiguration);
      return { DeliveryStreamARN: arn };
    },
  });
}
