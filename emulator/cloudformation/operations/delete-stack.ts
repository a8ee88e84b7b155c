import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { onlyValue } from '../property-schemas.ts';
import { listOf, sourceMembers, stackName } from '../request-schemas.ts';
import type { Stack } from '../stack.ts';
import { deleteStack, enter } from '../stack-lifecycle.ts';
import { needOnStack, needPassRole } from '../stack-needs.ts';
import { resolveExecutor } from '../stack-request.ts';

export function deleteStackOperation(state: CloudformationState): Operation {
  return defineOperation({
    name: 'DeleteStack',
    input: z.strictObject({
      StackName: stackName,
      ClientRequestToken: z.string().optional(),
      DeletionMode: onlyValue('STANDARD').optional(),
      DeploymentConfig: sourceMembers.DeploymentConfig,
      RetainResources: listOf(z.string()),
      RoleARN: sourceMembers.RoleARN,
    }),
    needs: ({ StackName, RoleARN }) => [needOnStack(state, 'DeleteStack', StackName), ...needPassRole(RoleARN)],
    handle({ StackName, ClientRequestToken, RetainResources, RoleARN }, { caller }) {
      const stack = state.stacks.find(StackName);
      // Deleting what is not there succeeds.
      if (!stack || stack.isDeleted || stack.status === 'DELETE_IN_PROGRESS') return undefined;
      assertDeletable(stack, RetainResources);
      stack.roleArn = RoleARN ?? stack.roleArn;
      stack.executor = resolveExecutor(state, stack.id, stack.roleArn, caller);
      stack.clientRequestToken = ClientRequestToken;
      enter(state, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
      const importProblem = explainImports(state, stack);
      if (importProblem === undefined) {
        state.world.clock.spawn(() => deleteStack(state, stack, new Set(RetainResources)));
      } else {
        enter(state, stack, 'DELETE_FAILED', importProblem);
      }
      return undefined;
    },
  });
}

function assertDeletable(stack: Stack, retained: readonly string[]): void {
  if (stack.terminationProtection) {
    throw new AwsError(
      'ValidationError',
      `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
    );
  }
  if (stack.status === 'CREATE_IN_PROGRESS') {
    throw new UnsupportedFeatureError(`stack ${stack.name}`, 'DeleteStack during CREATE_IN_PROGRESS');
  }
  if (stack.isBusy) {
    throw new AwsError('ValidationError', `Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
  }
  if (retained.length > 0 && stack.status !== 'DELETE_FAILED') {
    throw new AwsError(
      'ValidationError',
      `Invalid operation on stack [${stack.id}]. RetainResources can be specified only when stack is in DELETE_FAILED state.`,
    );
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html */
function explainImports({ stacks }: CloudformationState, stack: Stack): string | undefined {
  for (const { exportName } of stack.outputs) {
    const importers = exportName === undefined ? [] : stacks.listImporters(exportName);
    if (importers.length > 0) {
      return `Export ${exportName} cannot be deleted as it is in use by ${importers.map(({ name }) => name).join(', ')}`;
    }
  }
  return undefined;
}
