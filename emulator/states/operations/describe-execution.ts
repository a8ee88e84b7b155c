// https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { Execution } from '../execution/execution.ts';
import { describeRedrive } from '../execution/redrive-status.ts';
import type { Executions } from '../executions.ts';
import { executionArnSchema } from './names.ts';

const INCLUDED = { included: true };

export function describeExecution(executions: Executions): Operation {
  return defineOperation({
    name: 'DescribeExecution',
    input: z.strictObject({ executionArn: executionArnSchema }),
    needs: ({ executionArn }) => [{ action: 'states:DescribeExecution', resource: executionArn }],
    handle: ({ executionArn }) => renderExecution(executions.get(executionArn)),
  });
}

function renderExecution(execution: Execution): Record<string, unknown> {
  const { start, status, stopMs, output, failure } = execution;
  const redrive = describeRedrive(execution);
  return {
    executionArn: start.arn,
    stateMachineArn: start.stateMachineArn,
    name: start.name,
    status,
    startDate: start.startMs / 1000,
    ...(stopMs !== undefined && { stopDate: stopMs / 1000 }),
    input: start.input.text,
    inputDetails: INCLUDED,
    ...(output && { output: output.text, outputDetails: INCLUDED }),
    ...(failure?.error !== undefined && { error: failure.error }),
    ...(failure?.cause !== undefined && { cause: failure.cause }),
    ...(start.mapRunArn !== undefined && { mapRunArn: start.mapRunArn }),
    redriveCount: 0,
    redriveStatus: redrive.status,
    ...(redrive.reason !== undefined && { redriveStatusReason: redrive.reason }),
  };
}
