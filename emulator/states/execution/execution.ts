// One execution: what went in, what happened, what came out.

import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { JsonObject } from '../expressions/json-value.ts';
import type { Payload } from '../expressions/payload.ts';
import { type DetailsMember, type EventDetails, History, NOT_TRUNCATED } from '../history.ts';
import { Cancellation, CancelledError } from './cancellation.ts';
import { StateError } from './state-error.ts';

export interface ExecutionStart {
  readonly arn: string;
  readonly name: string;
  /** Qualified with the Map Run's label for a child of a Distributed Map: `…:stateMachine:showdown/lanes`. */
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly input: Payload;
  readonly startMs: number;
  /** The Map Run that a child belongs to. */
  readonly mapRunArn: string | undefined;
  /** Items that a child processes. */
  readonly itemCount: number | undefined;
}

export class Execution {
  readonly start: ExecutionStart;
  readonly history = new History();
  readonly cancellation = new Cancellation();
  /** Resolves when the execution has ended, however it did. */
  readonly ended: Promise<void>;
  /** The part of `$states.context` that stays the same. */
  readonly context: JsonObject;
  status: ExecutionStatus = 'RUNNING';
  stopMs: number | undefined;
  output: Payload | undefined;
  /** What it failed or was stopped with. */
  failure: { readonly error?: string | undefined; readonly cause?: string | undefined } | undefined;
  /** Its machine is being deleted: it ends when it would enter another state. */
  isTerminating = false;
  /** What kept the emulator itself from going on; no Catch can take it. */
  fault: Error | undefined;
  #resolveEnded: () => void = () => {};

  constructor(start: ExecutionStart) {
    this.start = start;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.context = {
      Execution: {
        Id: start.arn,
        Input: start.input.value,
        StartTime: new Date(start.startMs).toISOString(),
        Name: start.name,
        RoleArn: start.roleArn,
        RedriveCount: 0,
      },
      StateMachine: { Id: start.stateMachineArn, Name: start.stateMachineArn.split(':stateMachine:')[1] ?? '' },
    };
    this.history.append({
      timestampMs: start.startMs,
      type: 'ExecutionStarted',
      previousEventId: 0,
      member: 'executionStartedEventDetails',
      details: { input: start.input.text, inputDetails: NOT_TRUNCATED, roleArn: start.roleArn },
    });
  }

  get isRunning(): boolean {
    return this.status === 'RUNNING';
  }

  succeed(output: Payload, timeMs: number, previousEventId: number): void {
    this.output = output;
    const details = { output: output.text, outputDetails: NOT_TRUNCATED };
    this.#end('SUCCEEDED', timeMs, 'ExecutionSucceeded', previousEventId, 'executionSucceededEventDetails', details);
  }

  fail(error: unknown, timeMs: number, previousEventId: number): void {
    if (!this.isRunning) return;
    if (!(error instanceof StateError)) this.fault = error instanceof Error ? error : new Error(String(error));
    const { details } =
      error instanceof StateError ? error : new StateError(this.fault?.name ?? '', this.fault?.message ?? '');
    this.failure = details;
    this.#end('FAILED', timeMs, 'ExecutionFailed', previousEventId, 'executionFailedEventDetails', details);
  }

  /** An execution that ran out of time has neither error nor cause; its last event names States.Timeout. */
  timeOut(timeMs: number): void {
    const details = { error: 'States.Timeout' };
    this.#end('TIMED_OUT', timeMs, 'ExecutionTimedOut', 0, 'executionTimedOutEventDetails', details);
    this.cancellation.cancel(new CancelledError('the execution timed out'));
  }

  abort(failure: { error?: string | undefined; cause?: string | undefined }, timeMs: number): void {
    if (!this.isRunning) return;
    this.failure = failure;
    this.#end('ABORTED', timeMs, 'ExecutionAborted', 0, 'executionAbortedEventDetails', failure);
    this.cancellation.cancel(new CancelledError('the execution was stopped'));
  }

  #end(
    status: ExecutionStatus,
    timeMs: number,
    type: 'ExecutionSucceeded' | 'ExecutionFailed' | 'ExecutionTimedOut' | 'ExecutionAborted',
    previousEventId: number,
    member: DetailsMember,
    details: EventDetails,
  ): void {
    if (!this.isRunning) return;
    this.status = status;
    this.stopMs = timeMs;
    this.history.close({ timestampMs: timeMs, type, previousEventId, member, details });
    this.#resolveEnded();
  }
}
