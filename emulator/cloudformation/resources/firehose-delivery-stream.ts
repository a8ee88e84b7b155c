// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesisfirehose-deliverystream.html

import { z } from 'zod';
import type { FirehoseService } from '../../firehose/create-firehose-service.ts';
import { destinationUpdateSchema } from '../../firehose/settings.ts';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { AwsError } from '../../kernel/errors.ts';
import { onlyValue, tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ProvisionContext, type ResourceType } from '../resource-type.ts';

export function createDeliveryStreamType(firehose: FirehoseService, policies: PolicyStore): ResourceType {
  return defineResourceType({
    name: 'AWS::KinesisFirehose::DeliveryStream',
    properties: z.strictObject({
      DeliveryStreamName: z.string().optional(),
      DeliveryStreamType: onlyValue('DirectPut').optional(),
      ExtendedS3DestinationConfiguration: destinationUpdateSchema.extend({ RoleARN: z.string() }),
      DeliveryStreamEncryptionConfigurationInput: withoutEffect('encryption at rest takes no time that is measured'),
      Tags: tagsProperty,
    }),
    provision({ DeliveryStreamName, ExtendedS3DestinationConfiguration }, context) {
      const name = DeliveryStreamName ?? context.createName({ lengthMax: 64 });
      assertTrust(policies, ExtendedS3DestinationConfiguration.RoleARN, name, context);
      const { deliveryStreamArn } = firehose.createDeliveryStream({
        name,
        destination: ExtendedS3DestinationConfiguration,
      });
      return { reference: name, attributes: { Arn: deliveryStreamArn } };
    },
    delete: ({ reference }) => firehose.deleteDeliveryStream(reference),
  });
}

/** As CreateDeliveryStream refuses it, in its own words. */
function assertTrust(
  policies: PolicyStore,
  roleArn: string,
  streamName: string,
  { region, accountId }: ProvisionContext,
): void {
  const streamArn = `arn:aws:firehose:${region}:${accountId}:deliverystream/${streamName}`;
  if (policies.trusts(roleArn, 'firehose.amazonaws.com', streamArn)) return;
  throw new AwsError(
    'InvalidArgumentException',
    `Firehose is unable to assume role ${roleArn}. Please check the role provided.`,
  );
}
