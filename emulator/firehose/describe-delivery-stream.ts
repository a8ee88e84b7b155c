import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';
import { BUFFERING_HINTS_DEFAULT } from './settings.ts';

export const DESTINATION_ID = 'destinationId-000000000001';

/** What a destination says of itself where nobody set it. */
const DESTINATION_DEFAULTS = {
  BufferingHints: BUFFERING_HINTS_DEFAULT,
  CompressionFormat: 'UNCOMPRESSED',
  EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
  S3BackupMode: 'Disabled',
};

/** Shows the configuration asked for last; it stays ACTIVE while an update is on its way. */
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
          ...(stream.updatedMs !== undefined && { LastUpdateTimestamp: stream.updatedMs / 1000 }),
          Destinations: [
            {
              DestinationId: DESTINATION_ID,
              ExtendedS3DestinationDescription: { ...DESTINATION_DEFAULTS, ...stream.destination },
            },
          ],
          HasMoreDestinations: false,
        },
      };
    },
  });
}
