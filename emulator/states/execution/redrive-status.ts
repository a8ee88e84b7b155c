import type { Execution } from './execution.ts';

/** Whether AWS would let the execution be redriven; the emulator does not redrive. */
export interface RedriveStatus {
  readonly status: 'NOT_REDRIVABLE' | 'REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  readonly reason?: string;
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export function describeRedrive({ start, status }: Execution): RedriveStatus {
  if (status === 'RUNNING' || status === 'SUCCEEDED') {
    return { status: 'NOT_REDRIVABLE', reason: `Execution is ${status} and cannot be redriven` };
  }
  return { status: start.mapRunArn === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN' };
}
