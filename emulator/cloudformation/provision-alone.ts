// One resource without a stack around it, for tests.

import { createRandom } from '../kernel/random.ts';
import { createPhysicalName } from './physical-name.ts';
import type { ProvisionedResource, ResourceType } from './resource-type.ts';

/** The resource `Thing` of the stack `tiny`; every asset is in `/assets/<bucket>/<key>`. */
export async function provisionAlone(type: ResourceType, properties: unknown): Promise<ProvisionedResource> {
  const names = { stackName: 'tiny', logicalId: 'Thing' };
  const random = createRandom(1, 'provision-alone');
  return type.provision(properties, {
    ...names,
    region: 'us-east-1',
    accountId: '000000000000',
    createName: (rules) => createPhysicalName(names, rules, random),
    findAssetFolder: (bucketName, objectKey) => `/assets/${bucketName}/${objectKey}`,
  });
}
