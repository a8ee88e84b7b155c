// CloudFormation: stacks and change sets over the API, on the same resource types that a deployment in the process uses.

import type { PolicyStore } from '../iam/policy-store.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { createChangeSet } from './operations/create-change-set.ts';
import { createStackOperation } from './operations/create-stack.ts';
import { deleteChangeSet } from './operations/delete-change-set.ts';
import { deleteStackOperation } from './operations/delete-stack.ts';
import { describeChangeSet } from './operations/describe-change-set.ts';
import { describeEvents } from './operations/describe-events.ts';
import { describeStackEvents } from './operations/describe-stack-events.ts';
import { describeStackResource } from './operations/describe-stack-resource.ts';
import { describeStackResources } from './operations/describe-stack-resources.ts';
import { describeStacks } from './operations/describe-stacks.ts';
import { executeChangeSet } from './operations/execute-change-set.ts';
import { getTemplate } from './operations/get-template.ts';
import { getTemplateSummary } from './operations/get-template-summary.ts';
import { listChangeSets } from './operations/list-change-sets.ts';
import { listExports } from './operations/list-exports.ts';
import { listStackResources } from './operations/list-stack-resources.ts';
import { listStacks } from './operations/list-stacks.ts';
import { updateStackOperation } from './operations/update-stack.ts';
import { updateTerminationProtection } from './operations/update-termination-protection.ts';
import { validateTemplate } from './operations/validate-template.ts';
import type { StackWork } from './resource-steps.ts';
import type { ResourceType } from './resource-type.ts';
import type { Stacks } from './stacks.ts';

/** What operations share. */
export interface CloudformationState extends StackWork {
  readonly stacks: Stacks;
  readonly policies: PolicyStore;
}

export interface CloudformationService {
  readonly service: Service;
}

export function createCloudformationService(
  world: World,
  parts: { readonly types: readonly ResourceType[]; readonly stacks: Stacks; readonly policies: PolicyStore },
): CloudformationService {
  const state: CloudformationState = {
    world,
    // Not the stream of deployments in the process, so that API calls do not change what those draw.
    random: world.random('cloudformation/api'),
    types: new Map(parts.types.map((type) => [type.name, type])),
    stacks: parts.stacks,
    policies: parts.policies,
  };
  const operations = [
    createChangeSet,
    createStackOperation,
    deleteChangeSet,
    deleteStackOperation,
    describeChangeSet,
    describeEvents,
    describeStackEvents,
    describeStackResource,
    describeStackResources,
    describeStacks,
    executeChangeSet,
    getTemplate,
    getTemplateSummary,
    listChangeSets,
    listExports,
    listStackResources,
    listStacks,
    updateStackOperation,
    updateTerminationProtection,
    validateTemplate,
  ].map((create) => create(state));
  return { service: { name: 'cloudformation', operations } };
}
