// One stack: what it is, what it holds, and all that happened to it.

import type { Principal } from '../kernel/access.ts';
import type { ChangeSet } from './change-set.ts';
import type { ProvisionedResource } from './resource-type.ts';
import type { PlannedResource, StackOutput } from './stack-plan.ts';
import type { ResourceStatus, StackStatus } from './stack-status.ts';
import type { Template } from './template.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A parameter's value as it was given, or its default; by name. */
export type GivenParameters = ReadonlyMap<string, string>;

/** What a stack is made from. */
export interface StackSource {
  readonly templateText: string;
  readonly template: Template;
  readonly given: GivenParameters;
  /** What `Ref` of each parameter gives. */
  readonly resolved: ReadonlyMap<string, unknown>;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  deletionPolicy: string | undefined;
  /** Logical ids that have to be there for as long as this one is. */
  dependencies: readonly string[];
  /** Without intrinsic functions. */
  properties: unknown;
  provisioned: ProvisionedResource | undefined;
  status: ResourceStatus;
  statusReason: string | undefined;
  changedMs: number;
}

export interface StackEvent {
  readonly eventId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly timeMs: number;
  readonly status: ResourceStatus | StackStatus;
  readonly reason: string | undefined;
  /** JSON. */
  readonly properties: string | undefined;
  readonly clientRequestToken: string | undefined;
}

const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** How many events a stack keeps; AWS keeps those of 90 days. */
const EVENTS_MAX = 100_000;

export class Stack {
  readonly name: string;
  readonly id: string;
  readonly creationMs: number;
  readonly resources = new Map<string, StackResource>();
  /** By name. */
  readonly changeSets = new Map<string, ChangeSet>();
  /** Oldest first. */
  readonly events: StackEvent[] = [];
  /** Names of other stacks' exports that it uses. */
  imports: ReadonlySet<string> = new Set();
  source: StackSource;
  outputs: readonly StackOutput[] = [];
  status: StackStatus;
  statusReason: string | undefined;
  roleArn: string | undefined;
  /** Who makes its resources: the role, or whoever asked for the stack. */
  executor: Principal;
  changeSetId: string | undefined;
  clientRequestToken: string | undefined;
  disableRollback = false;
  terminationProtection = false;
  updatedMs: number | undefined;
  deletionMs: number | undefined;

  constructor(parts: {
    readonly name: string;
    readonly id: string;
    readonly creationMs: number;
    readonly source: StackSource;
    readonly status: StackStatus;
    readonly executor: Principal;
  }) {
    this.name = parts.name;
    this.id = parts.id;
    this.creationMs = parts.creationMs;
    this.source = parts.source;
    this.status = parts.status;
    this.executor = parts.executor;
  }

  get isDeleted(): boolean {
    return this.status === 'DELETE_COMPLETE';
  }

  get isBusy(): boolean {
    return this.status.endsWith('_IN_PROGRESS') && this.status !== 'REVIEW_IN_PROGRESS';
  }

  /** A resource that was made without its steps being told. */
  addMade(
    planned: PlannedResource,
    made: { readonly properties: unknown; readonly provisioned: ProvisionedResource; readonly timeMs: number },
  ): void {
    const resource = this.addPlanned(planned, made.timeMs);
    resource.properties = made.properties;
    resource.provisioned = made.provisioned;
    this.setResourceStatus(resource, 'CREATE_COMPLETE', made.timeMs);
  }

  addPlanned({ logicalId, Type, DeletionPolicy, dependencies }: PlannedResource, timeMs: number): StackResource {
    const resource: StackResource = {
      logicalId,
      type: Type,
      deletionPolicy: DeletionPolicy,
      dependencies,
      properties: undefined,
      provisioned: undefined,
      status: 'CREATE_IN_PROGRESS',
      statusReason: undefined,
      changedMs: timeMs,
    };
    this.resources.set(logicalId, resource);
    return resource;
  }

  setStatus(status: StackStatus, timeMs: number, eventId: string, reason?: string): void {
    this.status = status;
    this.statusReason = reason;
    this.#addEvent({
      eventId,
      logicalId: this.name,
      physicalId: this.id,
      type: STACK_TYPE,
      timeMs,
      status,
      reason,
      properties: undefined,
      clientRequestToken: this.clientRequestToken,
    });
  }

  setResourceStatus(resource: StackResource, status: ResourceStatus, timeMs: number, reason?: string): void {
    resource.status = status;
    resource.statusReason = reason;
    resource.changedMs = timeMs;
    this.#addEvent({
      eventId: `${resource.logicalId}-${status}-${new Date(timeMs).toISOString()}`,
      logicalId: resource.logicalId,
      physicalId: resource.provisioned?.reference ?? '',
      type: resource.type,
      timeMs,
      status,
      reason,
      properties: resource.properties === undefined ? undefined : JSON.stringify(resource.properties),
      clientRequestToken: this.clientRequestToken,
    });
  }

  #addEvent(event: StackEvent): void {
    if (this.events.length === EVENTS_MAX) this.events.shift();
    this.events.push(event);
  }
}
