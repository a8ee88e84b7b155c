// What the names in one stack's template stand for, while it is being provisioned.

import { TemplateError } from './errors.ts';
import { evaluateCondition } from './evaluate-condition.ts';
import { NO_VALUE, type Scope } from './resolve-value.ts';
import type { ProvisionedResource } from './resource-type.ts';
import type { Template } from './template.ts';

export interface StackIdentity {
  readonly stackName: string;
  readonly stackId: string;
  readonly region: string;
  readonly accountId: string;
}

/** The value of another stack's export. */
export type FindExport = (name: string) => string | undefined;

export class StackScope implements Scope {
  readonly #template: Template;
  readonly #pseudoParameters: ReadonlyMap<string, unknown>;
  readonly #parameters: ReadonlyMap<string, unknown>;
  readonly #resources = new Map<string, ProvisionedResource>();
  readonly #conditions = new Map<string, boolean>();
  /** Conditions that are being worked out, to see a circle. */
  readonly #openConditions = new Set<string>();

  readonly #findExport: FindExport;
  /** Names of the exports that were asked for. */
  readonly imports = new Set<string>();

  constructor(
    template: Template,
    identity: StackIdentity,
    parameters: ReadonlyMap<string, unknown>,
    findExport: FindExport = () => undefined,
  ) {
    this.#findExport = findExport;
    this.#template = template;
    this.#parameters = parameters;
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
    this.#pseudoParameters = new Map<string, unknown>([
      ['AWS::AccountId', identity.accountId],
      ['AWS::NoValue', NO_VALUE],
      ['AWS::NotificationARNs', []],
      ['AWS::Partition', 'aws'],
      ['AWS::Region', identity.region],
      ['AWS::StackId', identity.stackId],
      ['AWS::StackName', identity.stackName],
      ['AWS::URLSuffix', 'amazonaws.com'],
    ]);
  }

  addResource(logicalId: string, resource: ProvisionedResource): void {
    this.#resources.set(logicalId, resource);
  }

  removeResource(logicalId: string): void {
    this.#resources.delete(logicalId);
  }

  findReference(name: string): unknown {
    for (const values of [this.#pseudoParameters, this.#parameters]) {
      if (values.has(name)) return values.get(name);
    }
    return this.#findResource(name).reference;
  }

  findAttribute(logicalId: string, attribute: string): string {
    const { attributes } = this.#findResource(logicalId);
    const value = attributes[attribute];
    if (value === undefined) {
      const known = Object.keys(attributes).join(', ') || 'none';
      throw new TemplateError(`${logicalId} has no attribute ${attribute}; the emulator knows: ${known}`);
    }
    return value;
  }

  findMapping(mapName: string, topKey: string, secondKey: string): unknown {
    const value = this.#template.Mappings[mapName]?.[topKey]?.[secondKey];
    if (value === undefined) throw new TemplateError(`Mappings has no ${mapName}.${topKey}.${secondKey}`);
    return value;
  }

  findExport(name: string): string {
    const value = this.#findExport(name);
    if (value === undefined) throw new TemplateError(`No export named ${name} found.`);
    this.imports.add(name);
    return value;
  }

  isConditionTrue(name: string): boolean {
    const known = this.#conditions.get(name);
    if (known !== undefined) return known;
    const condition = this.#template.Conditions[name];
    if (condition === undefined) throw new TemplateError(`Conditions has no ${name}`);
    if (this.#openConditions.has(name)) {
      throw new TemplateError(`circular dependency between conditions: [${[...this.#openConditions].join(', ')}]`);
    }
    this.#openConditions.add(name);
    const value = evaluateCondition(condition, this);
    this.#openConditions.delete(name);
    this.#conditions.set(name, value);
    return value;
  }

  #findResource(logicalId: string): ProvisionedResource {
    const resource = this.#resources.get(logicalId);
    if (resource) return resource;
    const why = Object.hasOwn(this.#template.Resources, logicalId)
      ? 'was not created, since its condition is false'
      : 'is not in the template';
    throw new TemplateError(`${logicalId} ${why}`);
  }
}
