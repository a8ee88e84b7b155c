// One run at a time: two would share queues, streams and consumers, and measure each other.

import { ListExecutionsCommand, type SFNClient } from '@aws-sdk/client-sfn';

/** Thrown when another execution of the state machine is running. */
export class RunInProgressError extends Error {
  override name = 'RunInProgressError';
}

/** @throws {RunInProgressError} naming the other run. */
export async function assertNoOtherRun(
  sfn: SFNClient,
  execution: { id: string; stateMachineId: string },
): Promise<void> {
  const { executions = [] } = await sfn.send(
    new ListExecutionsCommand({ stateMachineArn: execution.stateMachineId, statusFilter: 'RUNNING', maxResults: 10 }),
  );
  const other = executions.find(({ executionArn }) => executionArn !== execution.id);
  if (other) {
    throw new RunInProgressError(
      `run ${other.name} has been going on since ${other.startDate?.toISOString()}; wait for its end, or stop it`,
    );
  }
}
