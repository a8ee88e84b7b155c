import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import { changesBesides, computeChanges } from '../compute-changes.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { booleanProperty, onlyValue } from '../property-schemas.ts';
import { sourceMembers, stackName } from '../request-schemas.ts';
import { enter, updateStack } from '../stack-lifecycle.ts';
import { needOnStack, needPassRole } from '../stack-needs.ts';
import { assertUpdatable, planSource, readSource, resolveExecutor } from '../stack-request.ts';
import { UPDATABLE_STATUSES } from '../stack-status.ts';

export function updateStackOperation(state: CloudformationState): Operation {
  return defineOperation({
    name: 'UpdateStack',
    input: z.strictObject({
      ...sourceMembers,
      StackName: stackName,
      UsePreviousTemplate: booleanProperty.optional(),
      ClientRequestToken: z.string().optional(),
      DisableRollback: onlyValue(false).optional(),
    }),
    needs: ({ StackName, RoleARN }) => [needOnStack(state, 'UpdateStack', StackName), ...needPassRole(RoleARN)],
    async handle(input, { caller }) {
      const { StackName, ClientRequestToken, RoleARN } = input;
      const stack = state.stacks.find(StackName);
      if (!stack) throw new AwsError('ValidationError', `Stack [${StackName}] does not exist`);
      const source = await readSource(state, input, { stackName: stack.name, caller, previous: stack.source });
      assertUpdatable(stack, UPDATABLE_STATUSES.has(stack.status));
      const changes = computeChanges(stack, planSource(state, source, stack));
      if (changes.length === 0 && !changesBesides(stack.source, source)) {
        throw new AwsError('ValidationError', 'No updates are to be performed.');
      }
      const plan = planSource(state, source, stack);
      stack.roleArn = RoleARN ?? stack.roleArn;
      stack.executor = resolveExecutor(state, stack.id, stack.roleArn, caller);
      stack.clientRequestToken = ClientRequestToken;
      stack.updatedMs = state.world.clock.now();
      enter(state, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
      state.world.clock.spawn(() => updateStack(state, stack, { plan, source }));
      return { StackId: stack.id };
    },
  });
}
