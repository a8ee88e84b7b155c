import { z } from 'zod';
import { createPassRoleNeed } from '../iam/pass-role.ts';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';
import { DESTINATION_ID } from './describe-delivery-stream.ts';
import { listPassedRoles } from './list-passed-roles.ts';
import { destinationUpdateSchema } from './settings.ts';

/** What an update leaves out stays as it was: https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html */
export function updateDestination(state: FirehoseState): Operation {
  return defineOperation({
    name: 'UpdateDestination',
    input: z.strictObject({
      DeliveryStreamName: z.string().min(1),
      CurrentDeliveryStreamVersionId: z.string().min(1),
      DestinationId: z.string().min(1),
      ExtendedS3DestinationUpdate: destinationUpdateSchema,
    }),
    needs: ({ DeliveryStreamName, ExtendedS3DestinationUpdate }) => [
      { action: 'firehose:UpdateDestination', resource: state.computeArn(DeliveryStreamName) },
      ...listPassedRoles(ExtendedS3DestinationUpdate).map((roleArn) =>
        createPassRoleNeed(roleArn, 'firehose.amazonaws.com'),
      ),
    ],
    handle(input) {
      const stream = state.findStream(input.DeliveryStreamName);
      if (input.CurrentDeliveryStreamVersionId !== String(stream.versionId)) {
        throw new AwsError(
          'ConcurrentModificationException',
          `The current version id of ${stream.name} is ${stream.versionId}, not ${input.CurrentDeliveryStreamVersionId}.`,
        );
      }
      if (input.DestinationId !== DESTINATION_ID) {
        throw new AwsError(
          'InvalidArgumentException',
          `Destination ${input.DestinationId} not found in ${stream.name}.`,
        );
      }
      stream.update({ ...stream.destination, ...input.ExtendedS3DestinationUpdate });
      return {};
    },
  });
}
