// What Step Functions counts: https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html

import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { World } from '../kernel/world.ts';
import type { Execution } from './execution/execution.ts';

const ENDED: Partial<Record<ExecutionStatus, string>> = {
  ABORTED: 'ExecutionsAborted',
  FAILED: 'ExecutionsFailed',
  SUCCEEDED: 'ExecutionsSucceeded',
  TIMED_OUT: 'ExecutionsTimedOut',
};

/** Counts an execution at its start, and again at its end. Children of a Map Run count for the machine with their label. */
export function countExecution({ metrics }: World, execution: Execution): void {
  const { stateMachineArn, startMs } = execution.start;
  const dimensions = { StateMachineArn: stateMachineArn };
  const record = (metricName: string, value: number, timeMs: number, unit = 'Count') =>
    metrics.record({ namespace: 'AWS/States', metricName, dimensions, value, timeMs, unit });
  record('ExecutionsStarted', 1, startMs);
  void execution.ended.then(() => {
    const { status, stopMs = startMs } = execution;
    const metricName = ENDED[status];
    if (metricName !== undefined) record(metricName, 1, stopMs);
    record('ExecutionTime', stopMs - startMs, stopMs, 'Milliseconds');
  });
}
