import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { ChangeSet } from '../change-set.ts';
import { changesBesides, computeChanges } from '../compute-changes.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { booleanProperty, onlyValue } from '../property-schemas.ts';
import { newStackName, sourceMembers } from '../request-schemas.ts';
import { Stack, type StackSource } from '../stack.ts';
import { enter } from '../stack-lifecycle.ts';
import { needOnStack, needPassRole } from '../stack-needs.ts';
import { createStackId, planSource, readSource, resolveExecutor } from '../stack-request.ts';

const inputSchema = z.strictObject({
  ...sourceMembers,
  StackName: z.union([newStackName, z.string().startsWith('arn:')]),
  ChangeSetName: z.string().regex(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/),
  ChangeSetType: z.enum(['CREATE', 'UPDATE']).default('UPDATE'),
  ClientToken: z.string().optional(),
  Description: z.string().max(1024).optional(),
  UsePreviousTemplate: booleanProperty.optional(),
  // There are no nested stacks, so that all of them are included.
  IncludeNestedStacks: booleanProperty.default(false),
  ImportExistingResources: onlyValue(false).optional(),
  OnStackFailure: z.enum(['DO_NOTHING', 'ROLLBACK', 'DELETE']).optional(),
});
type Input = z.output<typeof inputSchema>;

export function createChangeSet(state: CloudformationState): Operation {
  return defineOperation({
    name: 'CreateChangeSet',
    input: inputSchema,
    needs: ({ StackName, RoleARN }) => [needOnStack(state, 'CreateChangeSet', StackName), ...needPassRole(RoleARN)],
    async handle(input, { caller }) {
      const { StackName, ChangeSetName, RoleARN } = input;
      const existing = state.stacks.find(StackName);
      assertType(input, existing);
      const source = await readSource(state, input, {
        stackName: existing?.name ?? StackName,
        caller,
        ...(existing && { previous: existing.source }),
      });
      const id = existing?.id ?? createStackId(state, StackName);
      // What the emulator lacks is told now, not when the change set is executed.
      planSource(state, source, { name: existing?.name ?? StackName, id });
      const roleArn = RoleARN ?? existing?.roleArn;
      const executor = resolveExecutor(state, id, roleArn, caller);
      if (existing?.changeSets.has(ChangeSetName)) {
        throw new AwsError(
          'AlreadyExistsException',
          `ChangeSet ${ChangeSetName} cannot be created due to a mismatch with existing attribute`,
        );
      }
      const stack = existing ?? reviewNewStack(state, { name: StackName, id, source, executor });
      const { region, accountId, clock } = state.world;
      const changeSet: ChangeSet = {
        id: `arn:aws:cloudformation:${region}:${accountId}:changeSet/${ChangeSetName}/${state.random.uuid()}`,
        name: ChangeSetName,
        type: input.ChangeSetType,
        description: input.Description,
        creationMs: clock.now(),
        source,
        roleArn,
        executor,
        onStackFailure: input.OnStackFailure,
        includesNestedStacks: input.IncludeNestedStacks,
        status: 'CREATE_PENDING',
        statusReason: undefined,
        executionStatus: 'UNAVAILABLE',
        changes: [],
      };
      stack.changeSets.set(ChangeSetName, changeSet);
      clock.after(state.world.sampleLatencyMs('cloudformation.change-set'), () => complete(state, stack, changeSet));
      return { Id: changeSet.id, StackId: stack.id };
    },
  });
}

function assertType({ StackName, ChangeSetName, ChangeSetType }: Input, stack: Stack | undefined): void {
  const isNew = !stack || stack.status === 'REVIEW_IN_PROGRESS';
  if (ChangeSetType === 'CREATE' && !isNew) {
    throw new AwsError(
      'ValidationError',
      `Stack [${StackName}] already exists and cannot be created again with the changeSet [${ChangeSetName}].`,
    );
  }
  if (ChangeSetType === 'UPDATE' && isNew) {
    throw new AwsError('ValidationError', `Stack [${StackName}] does not exist`);
  }
}

function reviewNewStack(
  state: CloudformationState,
  parts: { name: string; id: string; source: StackSource; executor: ChangeSet['executor'] },
): Stack {
  const stack = new Stack({ ...parts, creationMs: state.world.clock.now(), status: 'REVIEW_IN_PROGRESS' });
  // "the stack has no template" yet, but for what its parameters and description will be.
  state.stacks.add(stack);
  enter(state, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  return stack;
}

function complete(state: CloudformationState, stack: Stack, changeSet: ChangeSet): void {
  changeSet.changes = computeChanges(stack, planSource(state, changeSet.source, stack));
  const isEmpty = changeSet.changes.length === 0 && !changesBesides(stack.source, changeSet.source);
  if (isEmpty && changeSet.type === 'UPDATE') {
    changeSet.status = 'FAILED';
    changeSet.statusReason =
      "The submitted information didn't contain changes. Submit different information to create a change set.";
    return;
  }
  changeSet.status = 'CREATE_COMPLETE';
  changeSet.executionStatus = 'AVAILABLE';
}
