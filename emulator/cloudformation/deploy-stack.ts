// Brings a stack's resources into being at once, in the order of their dependencies: no virtual time passes.

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import { AssemblyError } from './errors.ts';
import type { AssembledStack } from './load-assembly.ts';
import { createPhysicalName } from './physical-name.ts';
import { type FindStoredParameter, resolveParameters } from './resolve-parameters.ts';
import type { ResourceType } from './resource-type.ts';
import { Stack } from './stack.ts';
import { planStack, provision, resolveOutputs, resolveProperties } from './stack-plan.ts';
import type { Stacks } from './stacks.ts';

export interface DeployOptions {
  readonly region: string;
  readonly accountId: string;
  readonly types: readonly ResourceType[];
  /** Gets the stack when it is there. */
  readonly stacks: Stacks;
  readonly findStoredParameter: FindStoredParameter;
  /** Draws the ends of physical names and the stack's id. */
  readonly random: Random;
  readonly nowMs: number;
}

export interface DeployedResource {
  readonly type: string;
  /** What `Ref` gives: a name, a URL or an ARN, as the type has it. */
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DeployedStack {
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** By logical id. */
  readonly resources: Readonly<Record<string, DeployedResource>>;
}

/**
 * @throws {UnsupportedFeatureError} naming every type and property at once that is not modelled, and for a stack that is there.
 * @throws {TemplateError} for what CloudFormation would refuse as well.
 * @throws {CircularDependencyError}
 * @throws {ProvisioningError} when a service refuses a resource.
 */
export async function deployStack(assembled: AssembledStack, options: DeployOptions): Promise<DeployedStack> {
  const { stackName, template, templateText } = assembled;
  const { region, accountId, stacks, random, nowMs } = options;
  if (stacks.find(stackName)) throw new UnsupportedFeatureError(`stack ${stackName}`, 'an update of a stack');
  const stackId = `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${random.uuid()}`;
  const resolved = resolveParameters(template, options.findStoredParameter);
  const plan = planStack(template, {
    types: new Map(options.types.map((type) => [type.name, type])),
    identity: { stackName, stackId, region, accountId },
    parameters: resolved,
    findExport: (name) => stacks.findExport(name)?.value,
  });
  const stack = new Stack({
    name: stackName,
    id: stackId,
    creationMs: nowMs,
    source: { templateText, template, given: new Map(), resolved, tags: [], capabilities: [] },
    status: 'CREATE_COMPLETE',
    executor: { kind: 'root' },
  });
  const deployed: Record<string, DeployedResource> = {};
  for (const [logicalId, planned] of plan.resources) {
    const properties = resolveProperties(planned, plan.scope);
    const provisioned = await provision(planned, properties, {
      region,
      accountId,
      stackName,
      logicalId,
      createName: (rules) => createPhysicalName({ stackName, logicalId }, rules, random),
      findAssetFolder: (bucketName, objectKey) => findAssetFolder(assembled, bucketName, objectKey),
    });
    plan.scope.addResource(logicalId, provisioned);
    stack.addMade(planned, { properties, provisioned, timeMs: nowMs });
    const { reference: physicalId, attributes } = provisioned;
    deployed[logicalId] = { type: planned.Type, physicalId, attributes };
  }
  stack.outputs = resolveOutputs(plan);
  stack.imports = plan.scope.imports;
  stacks.add(stack);
  return {
    stackName,
    outputs: Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value])),
    resources: deployed,
  };
}

function findAssetFolder({ assetFolders }: AssembledStack, bucketName: string, objectKey: string): string {
  const folder = assetFolders.get(`${bucketName}/${objectKey}`);
  if (folder !== undefined) return folder;
  throw new AssemblyError(`the assembly has no asset s3://${bucketName}/${objectKey}`);
}
