// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html

import { z } from 'zod';
import type { SqsService } from '../../sqs/create-sqs-service.ts';
import { integerProperty, onlyValue, tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

const VISIBILITY_TIMEOUT_SECONDS_DEFAULT = 30;
const VISIBILITY_TIMEOUT_SECONDS_MAX = 43_200;

export function createQueueType(sqs: SqsService): ResourceType {
  return defineResourceType({
    name: 'AWS::SQS::Queue',
    properties: z.strictObject({
      FifoQueue: onlyValue(false).optional(),
      QueueName: z.string().optional(),
      VisibilityTimeout: integerProperty
        .pipe(z.number().min(0).max(VISIBILITY_TIMEOUT_SECONDS_MAX))
        .default(VISIBILITY_TIMEOUT_SECONDS_DEFAULT),
      SqsManagedSseEnabled: withoutEffect('encryption at rest takes no time that is measured'),
      Tags: tagsProperty,
    }),
    provision({ QueueName, VisibilityTimeout }, context) {
      const name = QueueName ?? context.createName({ lengthMax: 80 });
      const { queueUrl, queueArn } = sqs.createQueue({ name, visibilityTimeoutSeconds: VisibilityTimeout });
      return { reference: queueUrl, attributes: { Arn: queueArn, QueueName: name, QueueUrl: queueUrl } };
    },
  });
}
