// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html

import { z } from 'zod';
import type { AccessControl, Principal } from '../../kernel/access.ts';
import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { LambdaService } from '../../lambda/lambda-service.ts';
import { integerProperty, onlyValue, tagsProperty } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

interface EventSource {
  /** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
  readonly batchSizeDefault: number;
  /** What the function's role must be allowed on the source, or there is no mapping. */
  readonly actions: readonly string[];
}

const EVENT_SOURCES: Readonly<Record<string, EventSource>> = {
  // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
  sqs: { batchSizeDefault: 10, actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] },
  // https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
  kinesis: {
    batchSizeDefault: 100,
    actions: ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
  },
};

export function createEventSourceMappingType(lambda: LambdaService, access: AccessControl): ResourceType {
  return defineResourceType({
    name: 'AWS::Lambda::EventSourceMapping',
    properties: z.strictObject({
      BatchSize: integerProperty.optional(),
      Enabled: onlyValue(true).optional(),
      EventSourceArn: z.string(),
      FunctionName: z.string(),
      FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
      MaximumBatchingWindowInSeconds: integerProperty.default(0),
      MaximumRetryAttempts: integerProperty.optional(),
      StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
      Tags: tagsProperty,
    }),
    provision(properties, context) {
      const { BatchSize, EventSourceArn, FunctionResponseTypes, MaximumRetryAttempts, StartingPosition } = properties;
      const service = EventSourceArn.split(':')[2] ?? '';
      const eventSource = EVENT_SOURCES[service];
      if (!eventSource) throw new UnsupportedFeatureError(context.logicalId, `event source ${service}`);
      const { roleArn, name: sessionName } = lambda.findFunction(properties.FunctionName).props;
      assertMayPoll(access, { kind: 'role', roleArn, sessionName }, EventSourceArn, eventSource.actions);
      const { uuid } = lambda.mappings.create({
        functionName: properties.FunctionName,
        eventSourceArn: EventSourceArn,
        batchSize: BatchSize ?? eventSource.batchSizeDefault,
        windowSeconds: properties.MaximumBatchingWindowInSeconds,
        reportBatchItemFailures: FunctionResponseTypes.length > 0,
        ...(StartingPosition && { startingPosition: StartingPosition }),
        ...(MaximumRetryAttempts !== undefined && { maximumRetryAttempts: MaximumRetryAttempts }),
      });
      return {
        reference: uuid,
        attributes: { Id: uuid, EventSourceMappingArn: lambda.mappings.computeArn(uuid) },
      };
    },
    updatable: ['BatchSize', 'FunctionResponseTypes', 'MaximumBatchingWindowInSeconds'],
    update(resource, properties) {
      const { BatchSize, FunctionResponseTypes, MaximumBatchingWindowInSeconds } = properties;
      const { batchSizeDefault } = EVENT_SOURCES[properties.EventSourceArn.split(':')[2] ?? ''] ?? {};
      lambda.mappings.update(resource.reference, {
        ...((BatchSize ?? batchSizeDefault) !== undefined && { batchSize: BatchSize ?? batchSizeDefault }),
        windowSeconds: MaximumBatchingWindowInSeconds,
        reportBatchItemFailures: FunctionResponseTypes.length > 0,
      });
      return resource;
    },
    delete: ({ reference }) => lambda.mappings.delete(reference),
  });
}

/** As CreateEventSourceMapping refuses it: polling would fail for ever. */
function assertMayPoll(access: AccessControl, caller: Principal, resource: string, actions: readonly string[]): void {
  for (const action of actions) {
    try {
      access.authorize(caller, { action, resource });
    } catch (cause) {
      throw new AwsError(
        'InvalidParameterValueException',
        `The function execution role does not have permissions to call ${action} on ${resource}`,
        { cause },
      );
    }
  }
}
