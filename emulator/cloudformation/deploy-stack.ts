// Brings a stack's resources into being, in the order of their dependencies.

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import { AssemblyError, ProvisioningError, TemplateError } from './errors.ts';
import { evaluateCondition } from './evaluate-condition.ts';
import type { AssembledStack } from './load-assembly.ts';
import { orderResources } from './order-resources.ts';
import { createPhysicalName } from './physical-name.ts';
import { type FindStoredParameter, resolveParameters } from './resolve-parameters.ts';
import { resolveValue } from './resolve-value.ts';
import type { ProvisionContext, ProvisionedResource, ResourceType } from './resource-type.ts';
import { StackScope } from './stack-scope.ts';
import type { Template, TemplateResource } from './template.ts';

export interface DeployOptions {
  readonly region: string;
  readonly accountId: string;
  readonly types: readonly ResourceType[];
  readonly findStoredParameter: FindStoredParameter;
  /** Draws the ends of physical names and the stack's id. */
  readonly random: Random;
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
 * @throws {UnsupportedFeatureError} naming every type and property at once that is not modelled.
 * @throws {TemplateError} for what CloudFormation would refuse as well.
 * @throws {CircularDependencyError}
 * @throws {ProvisioningError} when a service refuses a resource.
 */
export async function deployStack(stack: AssembledStack, options: DeployOptions): Promise<DeployedStack> {
  const { stackName, template } = stack;
  const { region, accountId } = options;
  const types = new Map(options.types.map((type) => [type.name, type]));
  refuseUnsupported(stack, types);
  const stackId = `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${options.random.uuid()}`;
  const parameters = resolveParameters(template, options.findStoredParameter);
  const scope = new StackScope(template, { stackName, stackId, region, accountId }, parameters);
  assertRules(template, scope);

  const resources = new Map(
    Object.entries(template.Resources).filter(([, resource]) => isWanted(resource.Condition, scope)),
  );
  const deployed: Record<string, DeployedResource> = {};
  for (const logicalId of orderResources(resources, new Set(Object.keys(template.Resources)))) {
    const resource = resources.get(logicalId);
    const type = resource && types.get(resource.Type);
    if (!type) continue;
    const context = createContext(stack, logicalId, options);
    const provisioned = await provision(type, resource, context, scope);
    scope.addResource(logicalId, provisioned);
    deployed[logicalId] = {
      type: type.name,
      physicalId: provisioned.reference,
      attributes: provisioned.attributes,
    };
  }
  return { stackName, outputs: resolveOutputs(template, scope), resources: deployed };
}

/** Nothing is created before all of it is known to be possible. */
function refuseUnsupported({ stackName, template }: AssembledStack, types: ReadonlyMap<string, ResourceType>): void {
  const features = Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    const subject = `${logicalId} (${resource.Type})`;
    const type = types.get(resource.Type);
    if (!type) return [`resource ${subject}`];
    return Object.keys(resource.Properties)
      .filter((name) => !type.propertyNames.has(name))
      .map((name) => `property ${name} of ${subject}`);
  });
  if (features.length > 0) throw new UnsupportedFeatureError(`stack ${stackName}`, features.join(', '));
}

function assertRules(template: Template, scope: StackScope): void {
  for (const [name, { RuleCondition, Assertions }] of Object.entries(template.Rules)) {
    if (RuleCondition !== undefined && !evaluateCondition(RuleCondition, scope)) continue;
    const broken = Assertions.find(({ Assert }) => !evaluateCondition(Assert, scope));
    if (broken) throw new TemplateError(`rule ${name}: ${broken.AssertDescription ?? 'its assertion does not hold'}`);
  }
}

function isWanted(condition: string | undefined, scope: StackScope): boolean {
  return condition === undefined || scope.isConditionTrue(condition);
}

function createContext(stack: AssembledStack, logicalId: string, options: DeployOptions): ProvisionContext {
  const { stackName, assetFolders } = stack;
  return {
    region: options.region,
    accountId: options.accountId,
    stackName,
    logicalId,
    createName: (rules) => createPhysicalName({ stackName, logicalId }, rules, options.random),
    findAssetFolder(bucketName, objectKey) {
      const folder = assetFolders.get(`${bucketName}/${objectKey}`);
      if (folder === undefined) {
        throw new AssemblyError(`the assembly has no asset s3://${bucketName}/${objectKey}`);
      }
      return folder;
    },
  };
}

async function provision(
  type: ResourceType,
  resource: TemplateResource,
  context: ProvisionContext,
  scope: StackScope,
): Promise<ProvisionedResource> {
  const subject = `${context.logicalId} (${type.name})`;
  try {
    return await type.provision(resolveValue(resource.Properties, scope), context);
  } catch (error) {
    if (error instanceof UnsupportedFeatureError) throw nameResource(subject, error);
    const message = `${subject}: ${error instanceof Error ? error.message : String(error)}`;
    if (error instanceof TemplateError) throw new TemplateError(message, { cause: error });
    throw new ProvisioningError(message, { cause: error });
  }
}

/** A service that refuses a feature knows its own resource, not the template's. */
function nameResource(subject: string, error: UnsupportedFeatureError): UnsupportedFeatureError {
  return error.subject === subject ? error : new UnsupportedFeatureError(subject, `${error.subject}: ${error.feature}`);
}

function resolveOutputs(template: Template, scope: StackScope): Record<string, string> {
  const wanted = Object.entries(template.Outputs).filter(([, output]) => isWanted(output.Condition, scope));
  return Object.fromEntries(wanted.map(([name, { Value }]) => [name, String(resolveValue(Value, scope))]));
}
