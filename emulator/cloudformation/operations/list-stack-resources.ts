import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { summarizeResource } from '../describe-stack.ts';
import { takePage } from '../paging.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

export function listStackResources(state: CloudformationState): Operation {
  return defineOperation({
    name: 'ListStackResources',
    input: z.strictObject({ StackName: stackName, NextToken: z.string().optional() }),
    needs: ({ StackName }) => [needOnStack(state, 'ListStackResources', StackName)],
    handle({ StackName, NextToken }) {
      const page = takePage([...state.stacks.get(StackName).resources.values()], NextToken);
      return { StackResourceSummaries: page.items.map(summarizeResource), NextToken: page.NextToken };
    },
  });
}
