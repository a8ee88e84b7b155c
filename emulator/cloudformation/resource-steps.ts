// Making, changing and deleting one resource of a stack, in modelled time and with the events that CloudFormation shows.

import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { unpackAsset } from './asset-folder.ts';
import { createPhysicalName } from './physical-name.ts';
import type { ProvisionContext, ResourceType } from './resource-type.ts';
import type { Stack, StackResource } from './stack.ts';
import { type PlannedResource, resolveProperties, type StackPlan } from './stack-plan.ts';

export interface StackWork {
  readonly world: World;
  /** Draws ids and the ends of physical names. */
  readonly random: Random;
  readonly types: ReadonlyMap<string, ResourceType>;
}

const objectSchema = z.object({ Body: z.instanceof(Buffer) });

/** Whether it was made. */
export async function createResource(
  work: StackWork,
  stack: Stack,
  { plan, planned, isStopped }: { plan: StackPlan; planned: PlannedResource; isStopped: () => boolean },
): Promise<boolean> {
  const { clock, sampleLatencyMs } = work.world;
  const resource = stack.addPlanned(planned, clock.now());
  stack.setResourceStatus(resource, 'CREATE_IN_PROGRESS', clock.now());
  await clock.sleep(sampleLatencyMs('cloudformation.step'));
  try {
    resource.properties = resolveProperties(planned, plan.scope);
    const context = createContext(work, stack, planned.logicalId);
    resource.provisioned = await planned.type.provision(resource.properties, context);
  } catch (error) {
    stack.setResourceStatus(resource, 'CREATE_FAILED', clock.now(), explainFailure(work, planned.type, error));
    return false;
  }
  stack.setResourceStatus(resource, 'CREATE_IN_PROGRESS', clock.now(), 'Resource creation Initiated');
  await clock.sleep(sampleLatencyMs('cloudformation.create-resource'));
  if (isStopped()) {
    stack.setResourceStatus(resource, 'CREATE_FAILED', clock.now(), 'Resource creation cancelled');
    return false;
  }
  plan.scope.addResource(planned.logicalId, resource.provisioned);
  stack.setResourceStatus(resource, 'CREATE_COMPLETE', clock.now());
  return true;
}

/** Whether it has the properties now. What cannot be changed in place is refused by name. */
export async function updateResource(
  work: StackWork,
  stack: Stack,
  { resource, properties }: { resource: StackResource; properties: unknown },
): Promise<boolean> {
  const { clock, sampleLatencyMs } = work.world;
  const type = work.types.get(resource.type);
  if (!type || !resource.provisioned) return false;
  stack.setResourceStatus(resource, 'UPDATE_IN_PROGRESS', clock.now());
  await clock.sleep(sampleLatencyMs('cloudformation.step'));
  const fixed = listChangedProperties(resource.properties, properties).filter((name) =>
    requiresReplacement(type, name),
  );
  try {
    if (fixed.length > 0) {
      throw new UnsupportedFeatureError(
        `${resource.logicalId} (${type.name})`,
        `an update of ${fixed.join(', ')}, for which AWS may replace the resource,`,
      );
    }
    const context = createContext(work, stack, resource.logicalId);
    resource.provisioned = await type.update(resource.provisioned, properties, context);
  } catch (error) {
    stack.setResourceStatus(resource, 'UPDATE_FAILED', clock.now(), explainFailure(work, type, error));
    return false;
  }
  resource.properties = properties;
  await clock.sleep(sampleLatencyMs('cloudformation.update-resource'));
  stack.setResourceStatus(resource, 'UPDATE_COMPLETE', clock.now());
  return true;
}

/** Whether it is gone, or was to be kept. */
export async function deleteResource(work: StackWork, stack: Stack, resource: StackResource): Promise<boolean> {
  const { clock, sampleLatencyMs } = work.world;
  const type = work.types.get(resource.type);
  if (!type || resource.status === 'DELETE_COMPLETE') return true;
  if (resource.deletionPolicy === 'Retain' && resource.provisioned) {
    stack.setResourceStatus(resource, 'DELETE_SKIPPED', clock.now());
    return true;
  }
  stack.setResourceStatus(resource, 'DELETE_IN_PROGRESS', clock.now());
  try {
    if (resource.provisioned) {
      await clock.sleep(sampleLatencyMs('cloudformation.delete-resource'));
      await type.delete(resource.provisioned, resource.properties, createContext(work, stack, resource.logicalId));
    }
  } catch (error) {
    stack.setResourceStatus(resource, 'DELETE_FAILED', clock.now(), explainFailure(work, type, error));
    return false;
  }
  stack.setResourceStatus(resource, 'DELETE_COMPLETE', clock.now());
  return true;
}

export function requiresReplacement(type: ResourceType, propertyName: string): boolean {
  return !type.updatableProperties.has(propertyName) && !type.reasonsWithoutEffect.has(propertyName);
}

/** Names of the properties that differ, at the top level. */
export function listChangedProperties(before: unknown, after: unknown): string[] {
  const [old, current] = [parseProperties(before), parseProperties(after)];
  const names = new Set([...Object.keys(old), ...Object.keys(current)]);
  return [...names].filter((name) => JSON.stringify(old[name]) !== JSON.stringify(current[name])).sort();
}

function parseProperties(properties: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).catch({}).parse(properties);
}

function createContext({ world, random }: StackWork, stack: Stack, logicalId: string): ProvisionContext {
  const names = { stackName: stack.name, logicalId };
  return {
    ...names,
    region: world.region,
    accountId: world.accountId,
    createName: (rules) => createPhysicalName(names, rules, random),
    async findAssetFolder(bucketName, objectKey) {
      const answer = await world.gateway.call({
        service: 's3',
        operation: 'GetObject',
        caller: stack.executor,
        input: { Bucket: bucketName, Key: objectKey },
      });
      return unpackAsset(objectSchema.parse(answer).Body);
    },
  };
}

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
const HANDLER_ERROR_CODES: readonly (readonly [RegExp, string])[] = [
  [/AlreadyExist|AlreadyOwned|NameExists|ResourceInUse|Conflict/, 'AlreadyExists'],
  [/NotFound|NoSuch|NonExist|DoesNotExist/, 'NotFound'],
  [/AccessDenied/, 'AccessDenied'],
  [/LimitExceeded/, 'ServiceLimitExceeded'],
];

/** As CloudFormation wraps up what a resource's service said. What the emulator lacks is told as it is. */
function explainFailure({ random }: StackWork, type: ResourceType, error: unknown): string {
  if (error instanceof UnsupportedFeatureError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AwsError)) return message;
  const [, code] = HANDLER_ERROR_CODES.find(([pattern]) => pattern.test(error.code)) ?? ['', 'InvalidRequest'];
  const service = type.name.split('::')[1] ?? '';
  const details = `Service: ${service}, Status Code: ${error.status}, Request ID: ${random.uuid()}`;
  return `Resource handler returned message: "${message} (${details})" (RequestToken: ${random.uuid()}, HandlerErrorCode: ${code})`;
}
