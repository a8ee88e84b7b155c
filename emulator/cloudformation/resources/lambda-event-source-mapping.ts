// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html

import { z } from 'zod';
import type { AccessControl } from '../../kernel/access.ts';
import { AwsError } from '../../kernel/errors.ts';
import { assertMayPoll } from '../../lambda/event-source-mappings/assert-may-poll.ts';
import {
  createSettingMembers,
  parseMappingProps,
  sourceMembers,
} from '../../lambda/event-source-mappings/mapping-input.ts';
import type { LambdaService } from '../../lambda/lambda-service.ts';
import { booleanProperty, integerProperty, tagsProperty } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

const settingMembers = createSettingMembers(integerProperty, booleanProperty);
const SETTING_NAMES = z.object(settingMembers).keyof().options;

/** Settings that have no value of their own by default. */
const UNSET = {
  enabled: true,
  bisectBatchOnFunctionError: undefined,
  countsEvents: undefined,
  maximumConcurrency: undefined,
  maximumRecordAgeSeconds: undefined,
  maximumRetryAttempts: undefined,
  onFailureArn: undefined,
  parallelizationFactor: undefined,
} as const;

export function createEventSourceMappingType(lambda: LambdaService, access: AccessControl): ResourceType {
  return defineResourceType({
    name: 'AWS::Lambda::EventSourceMapping',
    properties: z.strictObject({
      ...sourceMembers,
      ...settingMembers,
      /** Epoch seconds. */
      StartingPositionTimestamp: z.coerce.number().optional(),
      Tags: tagsProperty,
    }),
    provision({ Tags: _, ...properties }) {
      const props = parseMappingProps(properties);
      const { roleArn, name: sessionName } = lambda.findFunction(props.functionName).props;
      assertMayPoll(access, { kind: 'role', roleArn, sessionName }, props);
      const { uuid } = lambda.mappings.create(props);
      return {
        reference: uuid,
        attributes: { Id: uuid, EventSourceMappingArn: lambda.mappings.computeArn(uuid) },
      };
    },
    updatable: [...SETTING_NAMES],
    update(resource, { Tags: _, ...properties }) {
      const { functionName, eventSourceArn, startingPosition, startingTimestampMs, ...settings } =
        parseMappingProps(properties);
      // A property that the template no longer names goes back to its default.
      lambda.mappings.update(resource.reference, { ...UNSET, ...settings });
      return resource;
    },
    async delete({ reference }) {
      try {
        await lambda.mappings.remove(reference);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
      }
    },
  });
}
