import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { describeStack } from '../describe-stack.ts';
import { takePage } from '../paging.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

export function describeStacks(state: CloudformationState): Operation {
  return defineOperation({
    name: 'DescribeStacks',
    input: z.strictObject({ StackName: stackName.optional(), NextToken: z.string().optional() }),
    needs: ({ StackName }) => [needOnStack(state, 'DescribeStacks', StackName ?? '*')],
    handle({ StackName, NextToken }) {
      if (StackName !== undefined) return { Stacks: [describeStack(state.stacks.get(StackName))] };
      const page = takePage(
        state.stacks.list().filter(({ isDeleted }) => !isDeleted),
        NextToken,
      );
      return { Stacks: page.items.map(describeStack), NextToken: page.NextToken };
    },
  });
}
