import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { FirehoseState } from './create-firehose-service.ts';
import type { DeliveryStream } from './delivery-stream.ts';
import { BUFFERING_HINTS_DEFAULT } from './settings.ts';

export const DESTINATION_ID = 'destinationId-000000000001';

/** What a destination says of itself where nobody set it. */
const S3_DEFAULTS = {
  Prefix: '',
  BufferingHints: BUFFERING_HINTS_DEFAULT,
  CompressionFormat: 'UNCOMPRESSED',
  EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
  CloudWatchLoggingOptions: { Enabled: false },
};
const EXTENDED_DEFAULTS = { ProcessingConfiguration: { Enabled: false, Processors: [] }, S3BackupMode: 'Disabled' };

/** Shows the configuration asked for last; it stays ACTIVE while an update is on its way. */
export function describeDeliveryStream(state: FirehoseState): Operation {
  return defineOperation({
    name: 'DescribeDeliveryStream',
    input: z.strictObject({
      DeliveryStreamName: z.string().min(1),
      /** "Currently, you can have one destination per Firehose stream." */
      Limit: z.int().min(1).max(10_000).optional(),
      ExclusiveStartDestinationId: z.string().min(1).optional(),
    }),
    needs: ({ DeliveryStreamName }) => [
      { action: 'firehose:DescribeDeliveryStream', resource: state.computeArn(DeliveryStreamName) },
    ],
    handle({ DeliveryStreamName, ExclusiveStartDestinationId }) {
      const stream = state.findStream(DeliveryStreamName);
      return {
        DeliveryStreamDescription: {
          DeliveryStreamName: stream.name,
          DeliveryStreamARN: stream.arn,
          DeliveryStreamStatus: 'ACTIVE',
          DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' },
          DeliveryStreamType: 'DirectPut',
          VersionId: String(stream.versionId),
          CreateTimestamp: stream.createdMs / 1000,
          ...(stream.updatedMs !== undefined && { LastUpdateTimestamp: stream.updatedMs / 1000 }),
          Destinations: ExclusiveStartDestinationId === DESTINATION_ID ? [] : [renderDestination(stream)],
          HasMoreDestinations: false,
        },
      };
    },
  });
}

/** An extended S3 destination shows as a plain one too, without what only the former has. */
function renderDestination({ destination }: DeliveryStream): object {
  const { FileExtension, ProcessingConfiguration, ...s3 } = { ...S3_DEFAULTS, ...destination };
  const extended = {
    ...(FileExtension !== undefined && { FileExtension }),
    ...(ProcessingConfiguration && { ProcessingConfiguration }),
  };
  return {
    DestinationId: DESTINATION_ID,
    S3DestinationDescription: s3,
    ExtendedS3DestinationDescription: { ...EXTENDED_DEFAULTS, ...s3, ...extended },
  };
}
