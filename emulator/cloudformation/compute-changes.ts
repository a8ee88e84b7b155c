// What an update would do, as far as can be told before it is done.

import { isDeepStrictEqual } from 'node:util';
import type { ResourceChange } from './change-set.ts';
import { listChangedProperties, requiresReplacement } from './resource-steps.ts';
import type { Stack, StackResource, StackSource } from './stack.ts';
import { type PlannedResource, resolveProperties, type StackPlan } from './stack-plan.ts';

/** `plan` is for this question only: its scope is filled with the resources that are there. */
export function computeChanges(stack: Stack, plan: StackPlan): ResourceChange[] {
  for (const [logicalId, { provisioned }] of stack.resources) {
    if (provisioned) plan.scope.addResource(logicalId, provisioned);
  }
  const changes = [...plan.resources.values()].flatMap((planned): ResourceChange[] => {
    const existing = stack.resources.get(planned.logicalId);
    if (!existing) {
      return [{ action: 'Add', logicalId: planned.logicalId, type: planned.Type, properties: [] }];
    }
    return computeModification(plan, planned, existing);
  });
  const removed = [...stack.resources.values()].filter(({ logicalId }) => !plan.resources.has(logicalId));
  return [
    ...changes,
    ...removed.map(
      (resource): ResourceChange => ({
        action: 'Remove',
        ...identify(resource),
        properties: [],
        policyAction: resource.deletionPolicy === 'Retain' ? 'Retain' : 'Delete',
      }),
    ),
  ];
}

/** Whether anything but the resources would change. */
export function changesBesides(before: StackSource, after: StackSource): boolean {
  return (
    !isDeepStrictEqual(before.template.Outputs, after.template.Outputs) || !isDeepStrictEqual(before.tags, after.tags)
  );
}

function computeModification(plan: StackPlan, planned: PlannedResource, existing: StackResource): ResourceChange[] {
  const names = listNewValues(plan, planned, existing);
  if (names.length === 0) return [];
  const properties = names.map((name) => ({ name, requiresRecreation: requiresReplacement(planned.type, name) }));
  return [{ action: 'Modify', ...identify(existing), properties }];
}

/** Properties that depend on a resource that is not there yet are taken for changed. */
function listNewValues(plan: StackPlan, planned: PlannedResource, existing: StackResource): string[] {
  try {
    return listChangedProperties(existing.properties, resolveProperties(planned, plan.scope));
  } catch {
    return Object.keys(planned.Properties);
  }
}

function identify({ logicalId, type, provisioned }: StackResource) {
  return { logicalId, type, ...(provisioned && { physicalId: provisioned.reference }) };
}
