import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { booleanProperty } from '../property-schemas.ts';
import { newStackName, sourceMembers } from '../request-schemas.ts';
import { Stack } from '../stack.ts';
import { createStack, enter, type FailureAction } from '../stack-lifecycle.ts';
import { needOnStack, needPassRole } from '../stack-needs.ts';
import { createStackId, planSource, readSource, resolveExecutor } from '../stack-request.ts';

export function createStackOperation(state: CloudformationState): Operation {
  return defineOperation({
    name: 'CreateStack',
    input: z.strictObject({
      ...sourceMembers,
      StackName: newStackName,
      ClientRequestToken: z.string().optional(),
      DisableRollback: booleanProperty.optional(),
      EnableTerminationProtection: booleanProperty.default(false),
      OnFailure: z.enum(['DO_NOTHING', 'ROLLBACK', 'DELETE']).optional(),
    }),
    needs: ({ StackName, RoleARN }) => [needOnStack(state, 'CreateStack', StackName), ...needPassRole(RoleARN)],
    async handle(input, { caller }) {
      const { StackName, ClientRequestToken, RoleARN } = input;
      const onFailure = chooseFailureAction(input);
      const source = await readSource(state, input, { stackName: StackName, caller });
      const existing = state.stacks.find(StackName);
      if (existing) {
        // "CloudFormation ignores a request with a token that it has seen."
        if (ClientRequestToken !== undefined && existing.clientRequestToken === ClientRequestToken) {
          return { StackId: existing.id };
        }
        throw new AwsError('AlreadyExistsException', `Stack [${StackName}] already exists`);
      }
      const id = createStackId(state, StackName);
      const plan = planSource(state, source, { name: StackName, id });
      const executor = resolveExecutor(state, id, RoleARN, caller);
      const creationMs = state.world.clock.now();
      const stack = new Stack({ name: StackName, id, creationMs, source, status: 'CREATE_IN_PROGRESS', executor });
      stack.roleArn = RoleARN;
      stack.clientRequestToken = ClientRequestToken;
      stack.terminationProtection = input.EnableTerminationProtection;
      stack.disableRollback = onFailure === 'DO_NOTHING';
      state.stacks.add(stack);
      enter(state, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
      state.world.clock.spawn(() => createStack(state, stack, { plan, onFailure }));
      return { StackId: id };
    },
  });
}

/** @throws {AwsError} `ValidationError` when both ways of saying it are used. */
function chooseFailureAction(input: {
  readonly DisableRollback?: boolean | undefined;
  readonly OnFailure?: FailureAction | undefined;
}): FailureAction {
  if (input.DisableRollback !== undefined && input.OnFailure !== undefined) {
    throw new AwsError('ValidationError', 'You can specify either DisableRollback or OnFailure, but not both.');
  }
  return input.OnFailure ?? (input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK');
}
