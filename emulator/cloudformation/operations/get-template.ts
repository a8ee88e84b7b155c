import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { findChangeSet } from '../find-change-set.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

export function getTemplate(state: CloudformationState): Operation {
  return defineOperation({
    name: 'GetTemplate',
    input: z.strictObject({
      StackName: stackName,
      ChangeSetName: z.string().optional(),
      // Without transforms, both stages are the same text.
      TemplateStage: z.enum(['Original', 'Processed']).optional(),
    }),
    needs: ({ StackName }) => [needOnStack(state, 'GetTemplate', StackName)],
    handle({ StackName, ChangeSetName }) {
      const stack = state.stacks.get(StackName);
      const { source } = ChangeSetName === undefined ? stack : findChangeSet(stack, ChangeSetName);
      return { TemplateBody: source.templateText, StagesAvailable: ['Original', 'Processed'] };
    },
  });
}
