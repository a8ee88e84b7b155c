import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { parseStackOfChangeSet } from '../find-change-set.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

export function deleteChangeSet(state: CloudformationState): Operation {
  return defineOperation({
    name: 'DeleteChangeSet',
    input: z.strictObject({ ChangeSetName: z.string(), StackName: stackName.optional() }),
    needs: ({ StackName, ChangeSetName }) => [needOnStack(state, 'DeleteChangeSet', StackName ?? ChangeSetName)],
    handle({ ChangeSetName, StackName }) {
      const stack = state.stacks.get(parseStackOfChangeSet(StackName, ChangeSetName, state.stacks.list()));
      // Deleting what is not there succeeds.
      for (const { id, name, executionStatus } of [...stack.changeSets.values()]) {
        if (id !== ChangeSetName && name !== ChangeSetName) continue;
        if (executionStatus === 'EXECUTE_IN_PROGRESS') {
          throw new AwsError(
            'InvalidChangeSetStatus',
            `ChangeSet [${id}] cannot be deleted in current execution status [${executionStatus}]`,
          );
        }
        stack.changeSets.delete(name);
      }
      return {};
    },
  });
}
