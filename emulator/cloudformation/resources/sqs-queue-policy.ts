// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import type { SqsService } from '../../sqs/create-sqs-service.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createQueuePolicyType(policies: PolicyStore, sqs: Pick<SqsService, 'setPolicy'>): ResourceType {
  return defineResourceType({
    name: 'AWS::SQS::QueuePolicy',
    properties: z.strictObject({ PolicyDocument: z.unknown(), Queues: z.array(z.string()).min(1) }),
    provision({ PolicyDocument, Queues }, context) {
      for (const queueUrl of Queues) {
        sqs.setPolicy(queueUrl, PolicyDocument);
        const queueName = queueUrl.split('/').at(-1);
        policies.addResourcePolicy(`arn:aws:sqs:${context.region}:${context.accountId}:${queueName}`, PolicyDocument);
      }
      const id = context.createName({ lengthMax: 100 });
      return { reference: id, attributes: { Id: id } };
    },
  });
}
