// Which resource comes after which.

import { CircularDependencyError, TemplateError } from './errors.ts';
import {
  expandPlaceholder,
  findIntrinsicCall,
  isJsonObject,
  parseGetAtt,
  parseSub,
  SUB_PLACEHOLDER,
} from './intrinsic.ts';
import type { TemplateResource } from './template.ts';

/**
 * What each of the resources names, by `DependsOn` or by reference.
 * @throws {TemplateError} for a `DependsOn` that is not in the template.
 */
export function findDependencies(
  resources: ReadonlyMap<string, TemplateResource>,
  allLogicalIds: ReadonlySet<string>,
): Map<string, readonly string[]> {
  return new Map(
    [...resources].map(([logicalId, resource]) => {
      const unknownId = resource.DependsOn.find((id) => !allLogicalIds.has(id));
      if (unknownId) throw new TemplateError(`${logicalId} depends on ${unknownId}, which is not in the template`);
      const ids = [...resource.DependsOn, ...listReferences(resource.Properties)];
      // Names of parameters, and of resources whose condition is false, are nothing to wait for.
      return [logicalId, [...new Set(ids)].filter((id) => resources.has(id))] as const;
    }),
  );
}

/**
 * Logical ids in an order in which each comes after all that it depends on; otherwise the given order stays.
 * @throws {CircularDependencyError}
 */
export function sortByDependencies(dependencies: ReadonlyMap<string, readonly string[]>): string[] {
  const ordered = new Set<string>();
  for (const logicalId of dependencies.keys()) visit(logicalId, dependencies, ordered, []);
  return [...ordered];
}

function visit(
  logicalId: string,
  dependencies: ReadonlyMap<string, readonly string[]>,
  ordered: Set<string>,
  path: readonly string[],
): void {
  if (ordered.has(logicalId)) return;
  if (path.includes(logicalId)) throw new CircularDependencyError(path.slice(path.indexOf(logicalId)));
  for (const dependency of dependencies.get(logicalId) ?? []) {
    visit(dependency, dependencies, ordered, [...path, logicalId]);
  }
  ordered.add(logicalId);
}

/** Every name that intrinsic functions in `value` refer to. */
function listReferences(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listReferences);
  if (!isJsonObject(value)) return [];
  const call = findIntrinsicCall(value);
  if (!call) return Object.values(value).flatMap(listReferences);
  if (call.name === 'Fn::Sub') return listSubReferences(call.argument);
  return listCallReferences(call.name, call.argument);
}

function listCallReferences(name: string, argument: unknown): string[] {
  if (name === 'Ref') return typeof argument === 'string' ? [argument] : [];
  if (name === 'Fn::GetAtt') return [parseGetAtt(argument)[0]];
  return listReferences(argument);
}

function listSubReferences(argument: unknown): string[] {
  const { text, variables } = parseSub(argument);
  const names = [...text.matchAll(SUB_PLACEHOLDER)].map(([, inner = '']) => inner.trim());
  const references = names
    .filter((name) => !name.startsWith('!') && !Object.hasOwn(variables, name))
    .flatMap((name) => {
      const call = expandPlaceholder(name);
      return listCallReferences(call.name, call.argument);
    });
  return [...references, ...Object.values(variables).flatMap(listReferences)];
}
