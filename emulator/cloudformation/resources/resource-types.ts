// Every type of resource that the emulator can provision.

import type { EventbridgeService } from '../../eventbridge/create-eventbridge-service.ts';
import type { FirehoseService } from '../../firehose/create-firehose-service.ts';
import type { AccessKeys } from '../../iam/access-keys.ts';
import type { PolicyStore } from '../../iam/policy-store.ts';
import type { KinesisService } from '../../kinesis/create-kinesis-service.ts';
import type { LambdaService } from '../../lambda/lambda-service.ts';
import type { S3Service } from '../../s3/create-s3-service.ts';
import type { SqsService } from '../../sqs/create-sqs-service.ts';
import type { SsmService } from '../../ssm/create-ssm-service.ts';
import type { SfnService } from '../../states/create-sfn-service.ts';
import type { ResourceType } from '../resource-type.ts';
import { createCdkMetadataType } from './cdk-metadata.ts';
import { createEventBusType } from './events-event-bus.ts';
import { createRuleType } from './events-rule.ts';
import { createDeliveryStreamType } from './firehose-delivery-stream.ts';
import { createPolicyType } from './iam-policy.ts';
import { createRoleType } from './iam-role.ts';
import { createStreamType } from './kinesis-stream.ts';
import { createEventSourceMappingType } from './lambda-event-source-mapping.ts';
import { createFunctionType } from './lambda-function.ts';
import { createPermissionType } from './lambda-permission.ts';
import { createLogGroupType } from './logs-log-group.ts';
import { createAutoDeleteObjectsType } from './s3-auto-delete-objects.ts';
import { createBucketType } from './s3-bucket.ts';
import { createBucketPolicyType } from './s3-bucket-policy.ts';
import { createQueueType } from './sqs-queue.ts';
import { createQueuePolicyType } from './sqs-queue-policy.ts';
import { createParameterType } from './ssm-parameter.ts';
import { createStateMachineType } from './stepfunctions-state-machine.ts';

/** What holds the resources. */
export interface AccountServices {
  readonly policies: PolicyStore;
  readonly accessKeys: AccessKeys;
  readonly s3: S3Service;
  readonly sqs: SqsService;
  readonly kinesis: KinesisService;
  readonly firehose: FirehoseService;
  readonly eventbridge: EventbridgeService;
  readonly lambda: LambdaService;
  readonly sfn: SfnService;
  readonly ssm: SsmService;
}

export function createResourceTypes(services: AccountServices): readonly ResourceType[] {
  const { policies, s3, sqs, kinesis, firehose, eventbridge, lambda, sfn, ssm } = services;
  return [
    createAutoDeleteObjectsType(),
    createBucketPolicyType(policies),
    createBucketType(s3),
    createCdkMetadataType(),
    createDeliveryStreamType(firehose, policies),
    createEventBusType(eventbridge),
    createEventSourceMappingType(lambda),
    createFunctionType(services),
    createLogGroupType(),
    createParameterType(ssm),
    createPermissionType(policies),
    createPolicyType(policies),
    createQueuePolicyType(policies),
    createQueueType(sqs),
    createRoleType(policies),
    createRuleType(eventbridge),
    createStateMachineType(sfn, policies),
    createStreamType(kinesis),
  ];
}
