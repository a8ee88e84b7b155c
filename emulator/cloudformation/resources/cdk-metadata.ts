// What the CDK reports about itself.
// https://docs.aws.amazon.com/cdk/v2/guide/usage-data.html

import { z } from 'zod';
import { withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createCdkMetadataType(): ResourceType {
  return defineResourceType({
    name: 'AWS::CDK::Metadata',
    properties: z.strictObject({ Analytics: withoutEffect('describes the app to the CDK') }),
    provision: (_, context) => ({ reference: context.createName({ lengthMax: 100 }), attributes: {} }),
    delete() {},
  });
}
