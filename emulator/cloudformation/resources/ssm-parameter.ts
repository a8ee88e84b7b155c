// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html

import { z } from 'zod';
import type { SsmService } from '../../ssm/create-ssm-service.ts';
import { ASKED_TIERS } from '../../ssm/parameter-tier.ts';
import { tagsProperty } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createParameterType(ssm: SsmService): ResourceType {
  return defineResourceType({
    name: 'AWS::SSM::Parameter',
    properties: z.strictObject({
      Description: z.string().max(1024).optional(),
      Name: z.string().optional(),
      Tier: z.enum(ASKED_TIERS).optional(),
      Type: z.enum(['String', 'StringList']),
      Value: z.string(),
      Tags: tagsProperty,
    }),
    provision({ Description, Name, Tier, Type, Value }, context) {
      const name = Name ?? context.createName({ lengthMax: 1011 });
      ssm.createParameter({ name, type: Type, value: Value, description: Description, tier: Tier });
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
