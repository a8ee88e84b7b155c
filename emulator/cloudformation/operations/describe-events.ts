import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { describeEvent } from '../describe-stack.ts';
import { takePage } from '../paging.ts';
import { booleanProperty } from '../property-schemas.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

/** Of a stack's operations; creating a change set has no events here, as nothing is validated early. */
export function describeEvents(state: CloudformationState): Operation {
  return defineOperation({
    name: 'DescribeEvents',
    input: z.strictObject({
      StackName: stackName,
      ChangeSetName: z.string().optional(),
      Filters: z.strictObject({ FailedEvents: booleanProperty.optional() }).optional(),
      NextToken: z.string().optional(),
    }),
    needs: ({ StackName }) => [needOnStack(state, 'DescribeEvents', StackName)],
    handle({ StackName, ChangeSetName, Filters, NextToken }) {
      const stack = state.stacks.get(StackName);
      const events = ChangeSetName === undefined ? stack.events.toReversed() : [];
      const page = takePage(
        events.filter(({ status }) => !Filters?.FailedEvents || status.endsWith('_FAILED')),
        NextToken,
      );
      return {
        OperationEvents: page.items.map((event) => {
          const { StackName: _name, ...described } = describeEvent(stack, event);
          return { ...described, EventType: 'STACK_EVENT' };
        }),
        NextToken: page.NextToken,
      };
    },
  });
}
