import type { Execution } from '../execution/execution.ts';
import { describeRedrive } from '../execution/redrive-status.ts';
import type { JsonObject } from '../expressions/json-value.ts';

const INCLUDED = { Included: true };

/**
 * A child's execution as results have it, with its members in order.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export function renderChild(child: Execution): JsonObject {
  const { start, status, stopMs, failure, output } = child;
  const redrive = describeRedrive(child);
  return {
    ...(failure?.cause !== undefined && { Cause: failure.cause }),
    ...(failure?.error !== undefined && { Error: failure.error }),
    ExecutionArn: start.arn,
    Input: start.input.text,
    InputDetails: INCLUDED,
    Name: start.name,
    ...(output && { Output: output.text }),
    OutputDetails: INCLUDED,
    RedriveCount: 0,
    RedriveStatus: redrive.status,
    ...(redrive.reason !== undefined && { RedriveStatusReason: redrive.reason }),
    StartDate: new Date(start.startMs).toISOString(),
    StateMachineArn: start.stateMachineArn,
    Status: status,
    ...(stopMs !== undefined && { StopDate: new Date(stopMs).toISOString() }),
  };
}
