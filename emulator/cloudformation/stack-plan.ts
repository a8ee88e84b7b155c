// What has to be made for a stack, and in which order: worked out before anything is made.

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { ProvisioningError, TemplateError } from './errors.ts';
import { evaluateCondition } from './evaluate-condition.ts';
import { findDependencies, sortByDependencies } from './order-resources.ts';
import { resolveValue } from './resolve-value.ts';
import type { ProvisionContext, ProvisionedResource, ResourceType } from './resource-type.ts';
import { type FindExport, type StackIdentity, StackScope } from './stack-scope.ts';
import type { Template, TemplateResource } from './template.ts';

export interface StackPlan {
  readonly template: Template;
  readonly scope: StackScope;
  /** Those whose condition is true, each after all that it depends on. */
  readonly resources: ReadonlyMap<string, PlannedResource>;
}

export interface PlannedResource extends TemplateResource {
  readonly logicalId: string;
  readonly type: ResourceType;
  /** Logical ids. */
  readonly dependencies: readonly string[];
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description: string | undefined;
  readonly exportName: string | undefined;
}

export interface PlanOptions {
  readonly types: ReadonlyMap<string, ResourceType>;
  readonly identity: StackIdentity;
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly findExport: FindExport;
}

/**
 * @throws {UnsupportedFeatureError} naming every type and property at once that is not modelled.
 * @throws {TemplateError} for what CloudFormation would refuse as well.
 * @throws {CircularDependencyError}
 */
export function planStack(template: Template, options: PlanOptions): StackPlan {
  const { types, identity } = options;
  refuseUnsupported(identity.stackName, template, types);
  const scope = new StackScope(template, identity, options.parameters, options.findExport);
  assertRules(template, scope);
  const wanted = new Map(
    Object.entries(template.Resources).filter(([, resource]) => isWanted(resource.Condition, scope)),
  );
  const dependencies = findDependencies(wanted, new Set(Object.keys(template.Resources)));
  const planned = sortByDependencies(dependencies).flatMap((logicalId): [string, PlannedResource][] => {
    const resource = wanted.get(logicalId);
    const type = resource && types.get(resource.Type);
    return type ? [[logicalId, { ...resource, logicalId, type, dependencies: dependencies.get(logicalId) ?? [] }]] : [];
  });
  return { template, scope, resources: new Map(planned) };
}

/** Nothing is created before all of it is known to be possible. @throws {UnsupportedFeatureError} */
function refuseUnsupported(stackName: string, template: Template, types: ReadonlyMap<string, ResourceType>): void {
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

/**
 * Makes one resource; its properties must be resolved.
 * @throws {UnsupportedFeatureError}, {TemplateError} or {ProvisioningError}, each naming the resource.
 */
export async function provision(
  { logicalId, type }: PlannedResource,
  properties: unknown,
  context: ProvisionContext,
): Promise<ProvisionedResource> {
  try {
    return await type.provision(properties, context);
  } catch (error) {
    throw nameResource(`${logicalId} (${type.name})`, error);
  }
}

export function resolveProperties({ logicalId, type, Properties }: PlannedResource, scope: StackScope): unknown {
  try {
    return resolveValue(Properties, scope);
  } catch (error) {
    throw nameResource(`${logicalId} (${type.name})`, error);
  }
}

/** A service that refuses a feature knows its own resource, not the template's. */
function nameResource(subject: string, error: unknown): Error {
  if (error instanceof UnsupportedFeatureError) {
    return error.subject === subject
      ? error
      : new UnsupportedFeatureError(subject, `${error.subject}: ${error.feature}`);
  }
  const message = `${subject}: ${error instanceof Error ? error.message : String(error)}`;
  if (error instanceof TemplateError) return new TemplateError(message, { cause: error });
  return new ProvisioningError(message, { cause: error });
}

export function resolveOutputs({ template, scope }: StackPlan): StackOutput[] {
  return Object.entries(template.Outputs)
    .filter(([, output]) => isWanted(output.Condition, scope))
    .map(([key, { Value, Description, Export }]) => ({
      key,
      value: String(resolveValue(Value, scope)),
      description: Description,
      exportName: Export && String(resolveValue(Export.Name, scope)),
    }));
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
