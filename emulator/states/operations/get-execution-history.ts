// https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { Executions } from '../executions.ts';
import { renderEvent } from '../history.ts';
import { executionArnSchema } from './names.ts';
import { pagingInput, parsePage, renderNextToken } from './paging.ts';

export function getExecutionHistory(executions: Executions): Operation {
  return defineOperation({
    name: 'GetExecutionHistory',
    input: z.strictObject({
      executionArn: executionArnSchema,
      reverseOrder: z.boolean().default(false),
      includeExecutionData: z.boolean().default(true),
      ...pagingInput,
    }),
    needs: ({ executionArn }) => [{ action: 'states:GetExecutionHistory', resource: executionArn }],
    handle(input) {
      const { history } = executions.get(input.executionArn);
      const page = parsePage(input);
      const events = history.list({ ...page, reverseOrder: input.reverseOrder });
      return {
        events: events.map((event) => renderEvent(event, input.includeExecutionData)),
        ...renderNextToken(page, history.length),
      };
    },
  });
}
