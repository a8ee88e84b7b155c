import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { summarizeStack } from '../describe-stack.ts';
import { takePage } from '../paging.ts';
import { listOf } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';
import { STACK_STATUSES } from '../stack-status.ts';

/** Of imports, which no stack here goes through. */
const FOREIGN_STATUSES = [
  'IMPORT_COMPLETE',
  'IMPORT_IN_PROGRESS',
  'IMPORT_ROLLBACK_COMPLETE',
  'IMPORT_ROLLBACK_FAILED',
  'IMPORT_ROLLBACK_IN_PROGRESS',
] as const;

export function listStacks(state: CloudformationState): Operation {
  return defineOperation({
    name: 'ListStacks',
    input: z.strictObject({
      NextToken: z.string().optional(),
      /** Without any, stacks of all statuses are listed, deleted ones too. */
      StackStatusFilter: listOf(z.enum([...STACK_STATUSES, ...FOREIGN_STATUSES])),
    }),
    needs: () => [needOnStack(state, 'ListStacks', '*')],
    handle({ NextToken, StackStatusFilter }) {
      const wanted = new Set<string>(StackStatusFilter);
      const stacks = state.stacks.list().filter(({ status }) => wanted.size === 0 || wanted.has(status));
      const page = takePage(stacks, NextToken);
      return { StackSummaries: page.items.map(summarizeStack), NextToken: page.NextToken };
    },
  });
}
