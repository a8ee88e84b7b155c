// Every type of resource that the emulator can provision.

import type { AccountServices } from '../../account-services.ts';
import type { AccessKeys } from '../../iam/access-keys.ts';
import type { PolicyStore } from '../../iam/policy-store.ts';
import type { AccessControl } from '../../kernel/access.ts';
import type { ResourceType } from '../resource-type.ts';
import { createCdkMetadataType } from './cdk-metadata.ts';
import { createEventBusType } from './events-event-bus.ts';
import { createRuleType } from './events-rule.ts';
import { createDeliveryStreamType } from './firehose-delivery-stream.ts';
import { createManagedPolicyType } from './iam-managed-policy.ts';
import { createPolicyType } from './iam-policy.ts';
import { createRoleType } from './iam-role.ts';
import { createStreamType } from './kinesis-stream.ts';
import { createEventSourceMappingType } from './lambda-event-source-mapping.ts';
import { createFunctionType } from './lambda-function.ts';
import { createPermissionType } from './lambda-permission.ts';
import { createLogGroupType } from './logs-log-group.ts';
import { createAutoDeleteObjectsType } from './s3-auto-delete-objects.ts';
import { createBucketType } from './s3-bucket.ts';
import { createBucketNotificationsType } from './s3-bucket-notifications.ts';
import { createBucketPolicyType } from './s3-bucket-policy.ts';
import { createQueueType } from './sqs-queue.ts';
import { createQueuePolicyType } from './sqs-queue-policy.ts';
import { createParameterType } from './ssm-parameter.ts';
import { createStateMachineType } from './stepfunctions-state-machine.ts';

/** What holds the resources. */
export interface Account {
  readonly services: AccountServices;
  readonly policies: PolicyStore;
  readonly access: AccessControl;
  readonly accessKeys: AccessKeys;
}

export function createResourceTypes({ services, policies, access, accessKeys }: Account): readonly ResourceType[] {
  const { s3, sqs, kinesis, firehose, eventbridge, lambda, logs, sfn, ssm } = services;
  return [
    createAutoDeleteObjectsType(s3, policies),
    createBucketNotificationsType(s3),
    createBucketPolicyType(policies, s3),
    createBucketType(s3, policies),
    createCdkMetadataType(),
    createDeliveryStreamType(firehose, policies),
    createEventBusType(eventbridge),
    createEventSourceMappingType(lambda, access),
    createFunctionType({ lambda, policies, accessKeys }),
    createLogGroupType(logs.store),
    createParameterType(ssm),
    createManagedPolicyType(policies),
    createPermissionType(policies),
    createPolicyType(policies),
    createQueuePolicyType(policies, sqs),
    createQueueType(sqs),
    createRoleType(policies),
    createRuleType(eventbridge, policies),
    createStateMachineType(sfn, policies),
    createStreamType(kinesis),
  ];
}
