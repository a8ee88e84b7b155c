// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html

import { z } from 'zod';
import type { AccessControl } from '../../kernel/access.ts';
import { assertMayPoll } from '../../lambda/event-source-mappings/assert-may-poll.ts';
import {
  createSettingMembers,
  parseMappingProps,
  sourceMembers,
} from '../../lambda/event-source-mappings/mapping-input.ts';
import type { LambdaService } from '../../lambda/lambda-service.ts';
import { booleanProperty, integerProperty, tagsProperty } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createEventSourceMappingType(lambda: LambdaService, access: AccessControl): ResourceType {
  return defineResourceType({
    name: 'AWS::Lambda::EventSourceMapping',
    properties: z.strictObject({
      ...sourceMembers,
      ...createSettingMembers(integerProperty, booleanProperty),
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
  });
}
