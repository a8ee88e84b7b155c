import { AwsError } from '../kernel/errors.ts';
import type { ChangeSet } from './change-set.ts';
import type { Stack } from './stack.ts';

/** By name or id. @throws {AwsError} `ChangeSetNotFound`. */
export function findChangeSet(stack: Stack, nameOrId: string): ChangeSet {
  const found = [...stack.changeSets.values()].find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (found) return found;
  throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, { status: 404 });
}

/** The stack's name may be left out where the change set is given by its id. @throws {AwsError} `ValidationError`. */
export function parseStackOfChangeSet(
  stackName: string | undefined,
  changeSetName: string,
  stacks: readonly Stack[],
): string {
  const owner = stacks.find(({ changeSets }) => [...changeSets.values()].some(({ id }) => id === changeSetName));
  const name = stackName ?? owner?.id;
  if (name !== undefined) return name;
  throw new AwsError('ValidationError', 'StackName must be specified if ChangeSetName is not specified as an ARN.');
}
