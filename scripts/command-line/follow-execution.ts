// Starts an execution and waits for its end, telling how far it is.

import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, type ExecutionStatus, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { computeResultsPrefix } from '../../model/keys.ts';
import type { Environment } from './environment.ts';

export interface Progress {
  /** Since the execution's start, on the environment's clock. */
  readonly elapsedMs: number;
  readonly trialsDone: number;
}

export interface ExecutionEnd {
  readonly status: ExecutionStatus;
  readonly elapsedMs: number;
  /** The error's name, and its message for people; empty when the execution succeeded. */
  readonly error: string;
  readonly cause: string;
}

const POLL_INTERVAL_MS = 15_000;

/** @throws whatever the SDK throws when the execution cannot be started or described. */
export async function followExecution(
  environment: Environment,
  execution: { runId: string; input: unknown },
  onProgress: (progress: Progress) => void,
): Promise<ExecutionEnd> {
  const { sfn, stateMachineArn } = environment;
  const startedAtMs = environment.nowMs();
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: execution.runId, input: JSON.stringify(execution.input) }),
  );
  for (;;) {
    await environment.sleep(POLL_INTERVAL_MS);
    const {
      status = 'RUNNING',
      error = '',
      cause = '',
    } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    const elapsedMs = environment.nowMs() - startedAtMs;
    onProgress({ elapsedMs, trialsDone: await countTrialsDone(environment, execution.runId) });
    if (status !== 'RUNNING') return { status, elapsedMs, error, cause };
  }
}

/** A trial leaves one object when it has ended; a run has at most 480, so one page shows them all. */
async function countTrialsDone(environment: Environment, runId: string): Promise<number> {
  const page = await environment.s3.send(
    new ListObjectsV2Command({ Bucket: environment.bucketName, Prefix: computeResultsPrefix(runId) }),
  );
  return page.KeyCount ?? 0;
}
