import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { renderTime } from '../describe-stack.ts';
import { takePage } from '../paging.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

export function listChangeSets(state: CloudformationState): Operation {
  return defineOperation({
    name: 'ListChangeSets',
    input: z.strictObject({ StackName: stackName, NextToken: z.string().optional() }),
    needs: ({ StackName }) => [needOnStack(state, 'ListChangeSets', StackName)],
    handle({ StackName, NextToken }) {
      const stack = state.stacks.get(StackName);
      const page = takePage([...stack.changeSets.values()], NextToken);
      return {
        Summaries: page.items.map((changeSet) => ({
          StackId: stack.id,
          StackName: stack.name,
          ChangeSetId: changeSet.id,
          ChangeSetName: changeSet.name,
          ExecutionStatus: changeSet.executionStatus,
          Status: changeSet.status,
          StatusReason: changeSet.statusReason,
          CreationTime: renderTime(changeSet.creationMs),
          Description: changeSet.description,
          IncludeNestedStacks: changeSet.includesNestedStacks,
        })),
        NextToken: page.NextToken,
      };
    },
  });
}
