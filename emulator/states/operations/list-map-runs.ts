// https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { Executions } from '../executions.ts';
import { executionArnSchema } from './names.ts';
import { pagingInput, parsePage, renderNextToken } from './paging.ts';

export function listMapRuns(executions: Executions): Operation {
  return defineOperation({
    name: 'ListMapRuns',
    input: z.strictObject({ executionArn: executionArnSchema, ...pagingInput }),
    needs: ({ executionArn }) => [{ action: 'states:ListMapRuns', resource: executionArn }],
    handle(input) {
      const { start: parent } = executions.get(input.executionArn);
      const page = parsePage(input);
      const listed = executions.mapRuns.list(parent.arn);
      return {
        mapRuns: listed.slice(page.fromIndex, page.fromIndex + page.count).map(({ start, stopMs }) => ({
          executionArn: start.executionArn,
          mapRunArn: start.arn,
          stateMachineArn: start.stateMachineArn,
          startDate: start.startMs / 1000,
          ...(stopMs !== undefined && { stopDate: stopMs / 1000 }),
        })),
        ...renderNextToken(page, listed.length),
      };
    },
  });
}
