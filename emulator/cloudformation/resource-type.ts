// What a type of resource has to say to be provisioned. One file in resources/ holds one type.

import type { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { TemplateError } from './errors.ts';
import type { PhysicalNameRules } from './physical-name.ts';
import { findReasonWithoutEffect } from './property-schemas.ts';

/** A resource that is there. */
export interface ProvisionedResource {
  /** What `Ref` gives. */
  readonly reference: string;
  /** What `Fn::GetAtt` gives; those that the emulator knows. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ProvisionContext {
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** A name as CloudFormation makes it up. */
  createName(rules: PhysicalNameRules): string;
  /** Folder with what an asset's zip file holds, there until the resource is made. @throws {AssemblyError} or {AwsError} */
  findAssetFolder(bucketName: string, objectKey: string): string | Promise<string>;
}

export interface ResourceType {
  /** As in a template: `AWS::SQS::Queue`. */
  readonly name: string;
  /** Every property that the emulator accepts. */
  readonly propertyNames: ReadonlySet<string>;
  /** Why each property that is accepted without effect has none, by its name. */
  readonly reasonsWithoutEffect: ReadonlyMap<string, string>;
  /** `properties` without intrinsic functions. */
  provision(properties: unknown, context: ProvisionContext): ProvisionedResource | Promise<ProvisionedResource>;
  /** Of the properties that have an effect, those that can change without the resource being replaced. */
  readonly updatableProperties: ReadonlySet<string>;
  /** Gives the resource as it is then. `properties` are the new ones, without intrinsic functions. */
  update(
    resource: ProvisionedResource,
    properties: unknown,
    context: ProvisionContext,
  ): ProvisionedResource | Promise<ProvisionedResource>;
  /** `properties` are those that it was made or updated with last. What is gone already is no error. */
  delete(resource: ProvisionedResource, properties: unknown, context: ProvisionContext): void | Promise<void>;
}

/** `properties` is strict, at every level: what it lacks is refused. */
export function defineResourceType<Shape extends z.core.$ZodLooseShape>(specification: {
  name: string;
  properties: z.ZodObject<Shape, z.core.$strict>;
  provision(
    properties: z.output<z.ZodObject<Shape, z.core.$strict>>,
    context: ProvisionContext,
  ): ProvisionedResource | Promise<ProvisionedResource>;
  /** Names of properties that `update` can change. */
  updatable?: readonly (keyof Shape & string)[];
  update?(
    resource: ProvisionedResource,
    properties: z.output<z.ZodObject<Shape, z.core.$strict>>,
    context: ProvisionContext,
  ): ProvisionedResource | Promise<ProvisionedResource>;
  delete(
    resource: ProvisionedResource,
    properties: z.output<z.ZodObject<Shape, z.core.$strict>>,
    context: ProvisionContext,
  ): void | Promise<void>;
}): ResourceType {
  const { name, properties } = specification;
  const parse = (rawProperties: unknown, { logicalId }: ProvisionContext) => {
    const parsed = properties.safeParse(rawProperties);
    if (parsed.success) return parsed.data;
    throw explainRejection(logicalId, name, parsed.error);
  };
  return {
    name,
    propertyNames: new Set(Object.keys(properties.shape)),
    reasonsWithoutEffect: new Map(
      Object.entries(properties.shape).flatMap(([propertyName, schema]) => {
        const reason = findReasonWithoutEffect(schema);
        return reason === undefined ? [] : [[propertyName, reason] as const];
      }),
    ),
    updatableProperties: new Set(specification.updatable),
    provision: (rawProperties, context) => specification.provision(parse(rawProperties, context), context),
    // What is accepted without effect changes nothing.
    update: (resource, rawProperties, context) =>
      specification.update?.(resource, parse(rawProperties, context), context) ?? resource,
    delete: (resource, rawProperties, context) =>
      specification.delete(resource, parse(rawProperties, context), context),
  };
}

function explainRejection(logicalId: string, typeName: string, error: z.ZodError): Error {
  const notModelled = error.issues.flatMap((issue) => {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...issue.path, key].join('.'));
    return issue.code === 'custom' && issue.params?.notModelled ? [`${path} with ${issue.message}`] : [];
  });
  if (notModelled.length > 0) {
    return new UnsupportedFeatureError(`${logicalId} (${typeName})`, `property ${notModelled.join(', ')}`);
  }
  const problems = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return new TemplateError(problems.join('; '), { cause: error });
}
