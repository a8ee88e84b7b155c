import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { describeEvent } from '../describe-stack.ts';
import { takePage } from '../paging.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

export function describeStackEvents(state: CloudformationState): Operation {
  return defineOperation({
    name: 'DescribeStackEvents',
    input: z.strictObject({ StackName: stackName, NextToken: z.string().optional() }),
    needs: ({ StackName }) => [needOnStack(state, 'DescribeStackEvents', StackName)],
    handle({ StackName, NextToken }) {
      const stack = state.stacks.find(StackName);
      if (!stack) throw new AwsError('ValidationError', `Stack [${StackName}] does not exist`);
      const page = takePage(stack.events.toReversed(), NextToken);
      return { StackEvents: page.items.map((event) => describeEvent(stack, event)), NextToken: page.NextToken };
    },
  });
}
