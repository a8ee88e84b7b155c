// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html

import { z } from 'zod';
import type { SsmService } from '../../ssm/create-ssm-service.ts';
import { tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createParameterType(ssm: SsmService): ResourceType {
  return defineResourceType({
    name: 'AWS::SSM::Parameter',
    properties: z.strictObject({
      Name: z.string().optional(),
      Type: z.enum(['String', 'StringList']),
      Value: z.string(),
      Description: withoutEffect('for people'),
      Tags: tagsProperty,
      Tier: withoutEffect('only the price differs'),
    }),
    provision({ Name, Type, Value }, context) {
      const name = Name ?? context.createName({ lengthMax: 1011 });
      ssm.createParameter({ name, type: Type, value: Value });
      return { reference: name, attributes: { Type, Value } };
    },
    updatable: ['Value'],
    update({ reference }, { Type, Value }) {
      ssm.overwriteParameter({ name: reference, type: Type, value: Value });
      return { reference, attributes: { Type, Value } };
    },
    delete: ({ reference }) => ssm.deleteParameter(reference),
  });
}
