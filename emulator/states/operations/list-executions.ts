// https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html

import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { Execution } from '../execution/execution.ts';
import type { Executions } from '../executions.ts';
import type { StateMachines } from '../state-machine.ts';
import { mapRunArnSchema, stateMachineArnSchema, trimLabel } from './names.ts';
import { pagingInput, parsePage, renderNextToken } from './paging.ts';

const STATUSES = [
  'ABORTED',
  'FAILED',
  'PENDING_REDRIVE',
  'RUNNING',
  'SUCCEEDED',
  'TIMED_OUT',
] as const satisfies readonly ExecutionStatus[];

export function listExecutions(machines: StateMachines, executions: Executions): Operation {
  return defineOperation({
    name: 'ListExecutions',
    input: z.strictObject({
      stateMachineArn: stateMachineArnSchema.optional(),
      mapRunArn: mapRunArnSchema.optional(),
      statusFilter: z.enum(STATUSES).optional(),
      redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
      ...pagingInput,
    }),
    needs: ({ stateMachineArn, mapRunArn = '*' }) => [
      {
        action: 'states:ListExecutions',
        resource: stateMachineArn === undefined ? mapRunArn : trimLabel(stateMachineArn),
      },
    ],
    handle(input) {
      const { stateMachineArn, mapRunArn, statusFilter, redriveFilter } = input;
      if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
        throw new AwsError('ValidationException', 'Must have either a stateMachineArn or a mapRunArn');
      }
      if (stateMachineArn !== undefined) machines.get(trimLabel(stateMachineArn));
      if (mapRunArn !== undefined) executions.mapRuns.get(mapRunArn);
      const listed = executions.list(
        ({ start, status }) =>
          redriveFilter !== 'REDRIVEN' &&
          (stateMachineArn === undefined ? start.mapRunArn === mapRunArn : start.stateMachineArn === stateMachineArn) &&
          (statusFilter === undefined || status === statusFilter),
      );
      const page = parsePage(input);
      return {
        executions: listed
          .slice(page.fromIndex, page.fromIndex + page.count)
          .map((execution) => renderItem(execution, mapRunArn !== undefined)),
        ...renderNextToken(page, listed.length),
      };
    },
  });
}

function renderItem({ start, status, stopMs }: Execution, isOfMapRun: boolean): Record<string, unknown> {
  return {
    executionArn: start.arn,
    stateMachineArn: start.stateMachineArn,
    name: start.name,
    status,
    startDate: start.startMs / 1000,
    ...(stopMs !== undefined && { stopDate: stopMs / 1000 }),
    ...(start.mapRunArn !== undefined && { mapRunArn: start.mapRunArn }),
    ...(isOfMapRun && { itemCount: start.itemCount }),
    redriveCount: 0,
  };
}
