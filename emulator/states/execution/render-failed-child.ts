import type { JsonObject } from '../expressions/json-value.ts';
import type { Execution } from './execution.ts';

/**
 * What stands for a child that failed in a Map Run's result: its execution, unchanged.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export function renderFailedChild({ start, status, stopMs, failure }: Execution): JsonObject {
  return {
    ExecutionArn: start.arn,
    Input: start.input.text,
    InputDetails: { Included: true },
    Name: start.name,
    StartDate: new Date(start.startMs).toISOString(),
    StateMachineArn: start.stateMachineArn,
    Status: status,
    ...(stopMs !== undefined && { StopDate: new Date(stopMs).toISOString() }),
    ...(failure?.error !== undefined && { Error: failure.error }),
    ...(failure?.cause !== undefined && { Cause: failure.cause }),
  };
}
