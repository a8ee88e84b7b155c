// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import type { SqsService } from '../../sqs/create-sqs-service.ts';
import { defineResourceType, type ProvisionContext, type ResourceType } from '../resource-type.ts';

export function createQueuePolicyType(policies: PolicyStore, sqs: Pick<SqsService, 'setPolicy'>): ResourceType {
  return defineResourceType({
    name: 'AWS::SQS::QueuePolicy',
    properties: z.strictObject({ PolicyDocument: z.unknown(), Queues: z.array(z.string()).min(1) }),
    provision({ PolicyDocument, Queues }, context) {
      for (const queueUrl of Queues) {
        sqs.setPolicy(queueUrl, PolicyDocument);
        policies.addResourcePolicy(computeQueueArn(queueUrl, context), PolicyDocument);
      }
      const id = context.createName({ lengthMax: 100 });
      return { reference: id, attributes: { Id: id } };
    },
    updatable: ['PolicyDocument'],
    update(resource, { PolicyDocument, Queues }, context) {
      for (const queueUrl of Queues) {
        sqs.setPolicy(queueUrl, PolicyDocument);
        policies.removeResourcePolicy(computeQueueArn(queueUrl, context));
        policies.addResourcePolicy(computeQueueArn(queueUrl, context), PolicyDocument);
      }
      return resource;
    },
    delete(_resource, { Queues }, context) {
      for (const queueUrl of Queues) policies.removeResourcePolicy(computeQueueArn(queueUrl, context));
    },
  });
}

function computeQueueArn(queueUrl: string, { region, accountId }: ProvisionContext): string {
  return `arn:aws:sqs:${region}:${accountId}:${queueUrl.split('/').at(-1)}`;
}
