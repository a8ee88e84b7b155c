// https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html

import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { Executions } from '../executions.ts';
import { executionArnSchema } from './names.ts';

export function stopExecution(executions: Executions, clock: Clock): Operation {
  return defineOperation({
    name: 'StopExecution',
    input: z.strictObject({
      executionArn: executionArnSchema,
      error: z.string().max(256).optional(),
      cause: z.string().max(32_768).optional(),
    }),
    needs: ({ executionArn }) => [{ action: 'states:StopExecution', resource: executionArn }],
    /** One that has ended stays as it is. */
    handle({ executionArn, error, cause }) {
      const execution = executions.get(executionArn);
      const nowMs = Math.floor(clock.now());
      if (execution.isRunning) {
        execution.abort({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) }, nowMs);
      }
      return { stopDate: (execution.stopMs ?? nowMs) / 1000 };
    },
  });
}
