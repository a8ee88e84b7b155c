// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { SqsService } from '../../sqs/create-sqs-service.ts';
import { createDefaultAttributes } from '../../sqs/queue-attributes.ts';
import { booleanProperty, integerProperty } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

const NAME_LENGTH_MAX = 80;
const FIFO_SUFFIX = '.fifo';

/** What is under a name of the API's is passed on under it, as text; SQS itself says what it has to be. */
const attributeProperties = {
  ContentBasedDeduplication: booleanProperty.optional(),
  DeduplicationScope: z.string().optional(),
  DelaySeconds: integerProperty.optional(),
  FifoThroughputLimit: z.string().optional(),
  MaximumMessageSize: integerProperty.optional(),
  MessageRetentionPeriod: integerProperty.optional(),
  ReceiveMessageWaitTimeSeconds: integerProperty.optional(),
  RedriveAllowPolicy: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
  RedrivePolicy: z.union([z.record(z.string(), z.unknown()), z.string()]).optional(),
  SqsManagedSseEnabled: booleanProperty.optional(),
  VisibilityTimeout: integerProperty.optional(),
};

const UPDATABLE = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
] as const;

export function createQueueType(sqs: SqsService): ResourceType {
  return defineResourceType({
    name: 'AWS::SQS::Queue',
    properties: z.strictObject({
      ...attributeProperties,
      FifoQueue: booleanProperty.default(false),
      QueueName: z.string().optional(),
      Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
    }),
    provision({ FifoQueue, QueueName, Tags, ...given }, context) {
      const suffix = FifoQueue ? FIFO_SUFFIX : '';
      const name = QueueName ?? `${context.createName({ lengthMax: NAME_LENGTH_MAX - suffix.length })}${suffix}`;
      const { queueUrl, queueArn } = sqs.createQueue({
        name,
        attributes: { ...renderAttributes(given), ...(FifoQueue && { FifoQueue: 'true' }) },
        tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
      });
      return { reference: queueUrl, attributes: { Arn: queueArn, QueueName: name, QueueUrl: queueUrl } };
    },
    updatable: UPDATABLE,
    update(resource, properties) {
      const defaults = createDefaultAttributes(properties.FifoQueue);
      // A property that the template no longer names goes back to its default.
      const attributes = UPDATABLE.map((name) => [name, properties[name] ?? defaults[name]] as const);
      sqs.setAttributes(resource.reference, renderAttributes(Object.fromEntries(attributes)));
      return resource;
    },
    delete({ reference }) {
      try {
        sqs.removeQueue(reference);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'QueueDoesNotExist')) throw error;
      }
    },
  });
}

function renderAttributes(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    set.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
