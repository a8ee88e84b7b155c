import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { ChangeSet } from '../change-set.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { findChangeSet, parseStackOfChangeSet } from '../find-change-set.ts';
import { booleanProperty } from '../property-schemas.ts';
import { stackName } from '../request-schemas.ts';
import type { Stack } from '../stack.ts';
import { createStack, enter, type FailureAction, updateStack } from '../stack-lifecycle.ts';
import { needOnStack } from '../stack-needs.ts';
import { assertUpdatable, planSource } from '../stack-request.ts';
import { UPDATABLE_STATUSES } from '../stack-status.ts';

export function executeChangeSet(state: CloudformationState): Operation {
  return defineOperation({
    name: 'ExecuteChangeSet',
    input: z.strictObject({
      ChangeSetName: z.string(),
      StackName: stackName.optional(),
      ClientRequestToken: z.string().optional(),
      DisableRollback: booleanProperty.optional(),
    }),
    needs: ({ StackName, ChangeSetName }) => [needOnStack(state, 'ExecuteChangeSet', StackName ?? ChangeSetName)],
    handle({ ChangeSetName, StackName, ClientRequestToken, DisableRollback }) {
      const stack = state.stacks.get(parseStackOfChangeSet(StackName, ChangeSetName, state.stacks.list()));
      const changeSet = findChangeSet(stack, ChangeSetName);
      assertExecutable(stack, changeSet);
      const plan = planSource(state, changeSet.source, stack);
      const onFailure = DisableRollback ? 'DO_NOTHING' : (changeSet.onStackFailure ?? 'ROLLBACK');
      if (changeSet.type === 'UPDATE' && onFailure !== 'ROLLBACK') {
        throw new UnsupportedFeatureError(`stack ${stack.name}`, 'an update without rollback');
      }
      adopt(stack, changeSet, { ClientRequestToken, onFailure });
      if (changeSet.type === 'CREATE') {
        enter(state, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
        run(state, stack, changeSet, () => createStack(state, stack, { plan, onFailure }));
      } else {
        stack.updatedMs = state.world.clock.now();
        enter(state, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
        run(state, stack, changeSet, () => updateStack(state, stack, { plan, source: changeSet.source }));
      }
      return {};
    },
  });
}

function assertExecutable(stack: Stack, changeSet: ChangeSet): void {
  if (changeSet.executionStatus !== 'AVAILABLE') {
    throw new AwsError(
      'InvalidChangeSetStatus',
      `ChangeSet [${changeSet.id}] cannot be executed in its current status of [${changeSet.status}]`,
    );
  }
  const isExpected =
    changeSet.type === 'CREATE' ? stack.status === 'REVIEW_IN_PROGRESS' : UPDATABLE_STATUSES.has(stack.status);
  assertUpdatable(stack, isExpected);
}

function adopt(
  stack: Stack,
  changeSet: ChangeSet,
  request: { ClientRequestToken: string | undefined; onFailure: FailureAction },
): void {
  changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
  stack.changeSetId = changeSet.id;
  stack.roleArn = changeSet.roleArn;
  stack.executor = changeSet.executor;
  stack.clientRequestToken = request.ClientRequestToken;
  if (changeSet.type === 'CREATE') {
    stack.source = changeSet.source;
    stack.disableRollback = request.onFailure === 'DO_NOTHING';
  }
  // The others are for the stack as it was. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html
  for (const name of [...stack.changeSets.keys()]) if (name !== changeSet.name) stack.changeSets.delete(name);
}

function run(state: CloudformationState, stack: Stack, changeSet: ChangeSet, work: () => Promise<void>): void {
  state.world.clock.spawn(async () => {
    await work();
    const isDone = stack.status === 'CREATE_COMPLETE' || stack.status === 'UPDATE_COMPLETE';
    changeSet.executionStatus = isDone ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
  });
}
