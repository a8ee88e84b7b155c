// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html

import { z } from 'zod';
import type { LambdaService } from '../../lambda/lambda-service.ts';
import { integerProperty, onlyValue, tagsProperty } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const BATCH_SIZE_DEFAULTS: Readonly<Record<string, number>> = { sqs: 10, kinesis: 100 };

export function createEventSourceMappingType(lambda: LambdaService): ResourceType {
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
    provision(properties) {
      const { BatchSize, EventSourceArn, FunctionResponseTypes, MaximumRetryAttempts, StartingPosition } = properties;
      const { uuid } = lambda.mappings.create({
        functionName: properties.FunctionName,
        eventSourceArn: EventSourceArn,
        batchSize: BatchSize ?? BATCH_SIZE_DEFAULTS[EventSourceArn.split(':')[2] ?? ''] ?? 0,
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
  });
}
