// Rule: a task that takes longer than TimeoutSeconds, or sends no heartbeat for HeartbeatSeconds, fails with an error
//   of its own.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html

import { describe, expect, test } from 'vitest';
import { answerPayload, createTestWorld } from '../../../emulator/states/create-test-world.ts';

const INVOKE = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: { n: '{% $states.input.n %}' } },
  End: true,
};

function machine(task: object, others: object = {}) {
  return { StartAt: 'T', States: { T: { ...INVOKE, ...task }, ...others } };
}

describe('TimeoutSeconds', () => {
  test('ends a task that takes longer with States.Timeout', async () => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerPayload(1) }, taskMs: 10_000 });

    const { error, cause, types, durationMs } = await run(machine({ TimeoutSeconds: '{% 5 %}' }), { n: 1 });

    expect([error, cause]).toEqual(['States.Timeout', undefined]);
    expect(types.slice(-3)).toEqual(['TaskStarted', 'TaskTimedOut', 'ExecutionFailed']);
    expect(durationMs).toBeGreaterThanOrEqual(5000);
    expect(durationMs).toBeLessThan(5500);
  });

  test('does not touch a task that is done in time', async () => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerPayload(1) }, taskMs: 4000 });

    const { status, events } = await run(machine({ TimeoutSeconds: 5 }), { n: 1 });

    expect(status).toBe('SUCCEEDED');
    expect(events[2]).toMatchObject({ taskScheduledEventDetails: { timeoutInSeconds: 5 } });
  });
});

describe('HeartbeatSeconds', () => {
  const SLOW = { answers: { 'lambda.Invoke': () => answerPayload(1) }, taskMs: 10_000 };

  test('ends a task that sends no heartbeat with States.HeartbeatTimeout', async () => {
    const { run } = createTestWorld(SLOW);

    const { error, events, types, durationMs } = await run(
      machine({ HeartbeatSeconds: '{% 3 %}', TimeoutSeconds: 5 }),
      { n: 1 },
    );

    expect(error).toBe('States.HeartbeatTimeout');
    expect(types.slice(-3)).toEqual(['TaskStarted', 'TaskTimedOut', 'ExecutionFailed']);
    expect(events[2]).toMatchObject({ taskScheduledEventDetails: { timeoutInSeconds: 5, heartbeatInSeconds: 3 } });
    expect(Math.floor(durationMs / 1000)).toBe(3);
  });

  test.each(['States.HeartbeatTimeout', 'States.Timeout', 'States.ALL'])('is caught as %s', async (name) => {
    const { run } = createTestWorld(SLOW);
    const caught = { Catch: [{ ErrorEquals: [name], Next: 'Caught' }] };

    const { output } = await run(machine({ HeartbeatSeconds: 3, ...caught }, { Caught: { Type: 'Succeed' } }), {
      n: 1,
    });

    expect(output).toMatchObject({ Error: 'States.HeartbeatTimeout' });
  });
});
