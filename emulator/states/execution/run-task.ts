import type { TaskResource, TaskState } from '../definition/definition.ts';
import { Payload } from '../expressions/payload.ts';
import { NOT_TRUNCATED } from '../history.ts';
import { callSdk } from '../integrations/call-sdk.ts';
import { invokeLambda } from '../integrations/invoke-lambda.ts';
import { type Attempt, runWithRecovery } from './run-with-recovery.ts';
import { StateError } from './state-error.ts';
import type { Step, Visit } from './visit.ts';

const TIMEOUT_SECONDS_MAX = 99_999_999;

/** How history events name a resource. */
interface ResourceNames {
  readonly resourceType: string;
  readonly resource: string;
}

export async function runTask(visit: Visit, state: TaskState): Promise<Step> {
  return runWithRecovery(visit, state, () => attemptTask(visit, state));
}

async function attemptTask(visit: Visit, state: TaskState): Promise<Attempt> {
  const { strand } = visit;
  const names = nameResource(state.resource);
  const timeoutSeconds =
    state.timeoutSeconds && (await visit.evaluateInteger(state.timeoutSeconds, 1, TIMEOUT_SECONDS_MAX));
  const heartbeatSeconds =
    state.heartbeatSeconds && (await visit.evaluateInteger(state.heartbeatSeconds, 1, TIMEOUT_SECONDS_MAX));
  const taskArguments = state.arguments ? visit.limit(new Payload(await visit.evaluate(state.arguments))) : visit.input;
  strand.record('TaskScheduled', 'taskScheduledEventDetails', {
    ...names,
    region: strand.run.world.region,
    parameters: taskArguments.text,
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  });
  strand.record('TaskStarted', 'taskStartedEventDetails', { ...names });
  const result = await observeFailure(
    visit,
    names,
    callWithinLimits(visit, state.resource, taskArguments, { timeoutSeconds, heartbeatSeconds }),
  );
  strand.record('TaskSucceeded', 'taskSucceededEventDetails', {
    ...names,
    output: result.text,
    outputDetails: NOT_TRUNCATED,
  });
  return visit.complete(state, result, { result: result.value });
}

/** Records how the call failed, as a history of AWS has it. */
async function observeFailure(visit: Visit, names: ResourceNames, call: Promise<Payload>): Promise<Payload> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof StateError) {
      const details = { ...names, ...error.details };
      if (error.error === 'States.Timeout' || error.error === 'States.HeartbeatTimeout') {
        visit.strand.record('TaskTimedOut', 'taskTimedOutEventDetails', details);
      } else {
        visit.strand.record('TaskFailed', 'taskFailedEventDetails', details);
      }
    }
    throw error;
  }
}

/**
 * A call that takes too long is left to itself: what it does to its service stays done. Only callbacks and activities,
 * which are absent, send heartbeats: other tasks have none to send, and so their time is the shorter of both.
 */
async function callWithinLimits(
  visit: Visit,
  resource: TaskResource,
  taskArguments: Payload,
  limits: { timeoutSeconds: number | undefined; heartbeatSeconds: number | undefined },
): Promise<Payload> {
  const { strand } = visit;
  const { cancellation, release } = strand.cancellation.createChild();
  const cancelAfter = (seconds: number | undefined, error: string) =>
    seconds === undefined
      ? undefined
      : strand.run.world.clock.after(seconds * 1000, () => cancellation.cancel(new StateError(error, '')));
  const timers = [
    cancelAfter(limits.heartbeatSeconds, 'States.HeartbeatTimeout'),
    cancelAfter(limits.timeoutSeconds, 'States.Timeout'),
  ];
  try {
    const result = new Payload(await cancellation.guard(callResource(visit, resource, taskArguments)));
    if (!result.isTooLarge) return result;
    throw new StateError(
      'States.DataLimitExceeded',
      `The state/task '${nameResource(resource).resourceType}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  } finally {
    for (const timer of timers) timer?.cancel();
    release();
  }
}

function callResource(visit: Visit, resource: TaskResource, taskArguments: Payload) {
  const { run } = visit.strand;
  return resource.kind === 'lambda-invoke'
    ? invokeLambda(taskArguments.value, run)
    : callSdk(resource, taskArguments.value, run);
}

function nameResource(resource: TaskResource): ResourceNames {
  return resource.kind === 'lambda-invoke'
    ? { resourceType: 'lambda', resource: 'invoke' }
    : { resourceType: `aws-sdk:${resource.service}`, resource: resource.action };
}
