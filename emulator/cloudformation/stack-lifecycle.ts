// Creation, update and deletion of a whole stack, with what follows when a resource fails.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html

import { isDeepStrictEqual } from 'node:util';
import { sortByDependencies } from './order-resources.ts';
import { createResource, deleteResource, type StackWork, updateResource } from './resource-steps.ts';
import { runInOrder } from './run-in-order.ts';
import type { Stack, StackResource, StackSource } from './stack.ts';
import { type PlannedResource, resolveOutputs, resolveProperties, type StackPlan } from './stack-plan.ts';
import type { StackStatus } from './stack-status.ts';

export type FailureAction = 'ROLLBACK' | 'DO_NOTHING' | 'DELETE';

/** Status and its event. */
export function enter({ world, random }: StackWork, stack: Stack, status: StackStatus, reason?: string): void {
  stack.setStatus(status, world.clock.now(), random.uuid(), reason);
}

/** As `enter`, when the resources' events have been told. */
async function proceed(work: StackWork, stack: Stack, status: StackStatus, reason?: string): Promise<void> {
  await pause(work);
  enter(work, stack, status, reason);
}

function pause({ world }: StackWork): Promise<void> {
  return world.clock.sleep(world.sampleLatencyMs('cloudformation.step'));
}

export async function createStack(
  work: StackWork,
  stack: Stack,
  { plan, onFailure }: { plan: StackPlan; onFailure: FailureAction },
): Promise<void> {
  await pause(work);
  const failed = await runInOrder({
    ids: [...plan.resources.keys()],
    prerequisitesOf: (id) => plan.resources.get(id)?.dependencies ?? [],
    run: async (id, isStopped) => {
      const planned = plan.resources.get(id);
      return planned ? createResource(work, stack, { plan, planned, isStopped }) : true;
    },
    onFailure: 'stop',
  });
  const problem = failed.length > 0 ? renderFailed('create', failed) : applyOutputs(stack, plan);
  if (problem === undefined) return proceed(work, stack, 'CREATE_COMPLETE');
  if (onFailure === 'DO_NOTHING') return proceed(work, stack, 'CREATE_FAILED', problem);
  if (onFailure === 'DELETE') {
    await proceed(work, stack, 'DELETE_IN_PROGRESS', `${problem}Delete requested by user.`);
    return deleteStack(work, stack, new Set());
  }
  await proceed(work, stack, 'ROLLBACK_IN_PROGRESS', `${problem}Rollback requested by user.`);
  const left = await deleteResources(work, stack, [...stack.resources.values()]);
  stack.outputs = [];
  if (left.length === 0) return proceed(work, stack, 'ROLLBACK_COMPLETE');
  await proceed(work, stack, 'ROLLBACK_FAILED', renderFailed('delete', left));
}

export async function deleteStack(work: StackWork, stack: Stack, retained: ReadonlySet<string>): Promise<void> {
  await pause(work);
  const resources = [...stack.resources.values()].filter(({ logicalId }) => !retained.has(logicalId));
  const left = await deleteResources(work, stack, resources);
  if (left.length > 0) return proceed(work, stack, 'DELETE_FAILED', renderFailed('delete', left));
  stack.deletionMs = work.world.clock.now();
  stack.outputs = [];
  stack.imports = new Set();
  await proceed(work, stack, 'DELETE_COMPLETE');
}

export async function updateStack(
  work: StackWork,
  stack: Stack,
  { plan, source }: { plan: StackPlan; source: StackSource },
): Promise<void> {
  await pause(work);
  const before = new Map<StackResource, unknown>();
  const created: StackResource[] = [];
  const failed = await runInOrder({
    ids: [...plan.resources.keys()],
    prerequisitesOf: (id) => plan.resources.get(id)?.dependencies ?? [],
    run: async (id, isStopped) => {
      const planned = plan.resources.get(id);
      if (!planned) return true;
      const existing = stack.resources.get(id);
      if (existing?.provisioned && existing.status !== 'DELETE_COMPLETE') {
        return changeResource(work, stack, { plan, planned, existing, before });
      }
      const isMade = await createResource(work, stack, { plan, planned, isStopped });
      const made = stack.resources.get(id);
      if (made) created.push(made);
      return isMade;
    },
    onFailure: 'stop',
  });
  const problem = failed.length > 0 ? renderFailed('update', failed) : applyOutputs(stack, plan);
  if (problem !== undefined) return rollUpdateBack(work, stack, { problem, before, created });
  stack.source = source;
  adoptPlan(stack, plan);
  await proceed(work, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  // "CloudFormation attempts to delete old resources": what it cannot delete does not undo the update.
  await removeResources(
    work,
    stack,
    [...stack.resources.values()].filter(({ logicalId }) => !plan.resources.has(logicalId)),
  );
  await proceed(work, stack, 'UPDATE_COMPLETE');
}

async function changeResource(
  work: StackWork,
  stack: Stack,
  change: {
    plan: StackPlan;
    planned: PlannedResource;
    existing: StackResource;
    before: Map<StackResource, unknown>;
  },
): Promise<boolean> {
  const { plan, planned, existing, before } = change;
  let properties: unknown;
  try {
    properties = resolveProperties(planned, plan.scope);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    stack.setResourceStatus(existing, 'UPDATE_FAILED', work.world.clock.now(), reason);
    return false;
  }
  if (!isDeepStrictEqual(existing.properties, properties)) {
    before.set(existing, existing.properties);
    if (!(await updateResource(work, stack, { resource: existing, properties }))) return false;
  }
  if (existing.provisioned) plan.scope.addResource(planned.logicalId, existing.provisioned);
  return true;
}

async function rollUpdateBack(
  work: StackWork,
  stack: Stack,
  {
    problem,
    before,
    created,
  }: { problem: string; before: ReadonlyMap<StackResource, unknown>; created: StackResource[] },
): Promise<void> {
  await proceed(work, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', problem);
  const stuck: string[] = [];
  for (const [resource, properties] of [...before].reverse()) {
    if (isDeepStrictEqual(resource.properties, properties)) {
      // It refused the change, and is as it was.
      await pause(work);
      stack.setResourceStatus(resource, 'UPDATE_COMPLETE', work.world.clock.now());
    } else if (!(await updateResource(work, stack, { resource, properties }))) {
      stuck.push(resource.logicalId);
    }
  }
  if (stuck.length > 0) return proceed(work, stack, 'UPDATE_ROLLBACK_FAILED', renderFailed('update', stuck));
  await proceed(work, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await removeResources(work, stack, created);
  await proceed(work, stack, 'UPDATE_ROLLBACK_COMPLETE');
}

async function removeResources(work: StackWork, stack: Stack, resources: readonly StackResource[]): Promise<void> {
  await deleteResources(work, stack, resources);
  for (const { logicalId, status } of resources) {
    if (status !== 'DELETE_FAILED') stack.resources.delete(logicalId);
  }
}

/** Each after all that depend on it; gives those that are still there. */
function deleteResources(work: StackWork, stack: Stack, resources: readonly StackResource[]): Promise<string[]> {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const dependants = new Map(
    [...byId.keys()].reverse().map((id) => {
      const ids = resources.filter(({ dependencies }) => dependencies.includes(id)).map(({ logicalId }) => logicalId);
      return [id, ids] as const;
    }),
  );
  return runInOrder({
    ids: sortByDependencies(dependants),
    prerequisitesOf: (id) => dependants.get(id) ?? [],
    run: async (id) => {
      const resource = byId.get(id);
      return resource ? deleteResource(work, stack, resource) : true;
    },
    onFailure: 'skip-dependants',
  });
}

/** What the new template says of resources besides their properties. */
function adoptPlan(stack: Stack, plan: StackPlan): void {
  for (const [logicalId, { DeletionPolicy, dependencies }] of plan.resources) {
    const resource = stack.resources.get(logicalId);
    if (resource) Object.assign(resource, { deletionPolicy: DeletionPolicy, dependencies });
  }
}

/** What is wrong with the outputs, if anything is. */
function applyOutputs(stack: Stack, plan: StackPlan): string | undefined {
  try {
    stack.outputs = resolveOutputs(plan);
    stack.imports = plan.scope.imports;
    return undefined;
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}. `;
  }
}

function renderFailed(verb: 'create' | 'update' | 'delete', logicalIds: readonly string[]): string {
  return `The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}]. `;
}
