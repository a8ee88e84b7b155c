import { describe, expect, test } from 'vitest';
import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';
import { answerFunctionError, answerPayload, createTestWorld, ROLE_ARN } from '../create-test-world.ts';

const INVOKE = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: { n: '{% $states.input.n %}' } },
  End: true,
};

function machine(task: object, others: object = {}) {
  return { StartAt: 'T', States: { T: { ...INVOKE, ...task }, ...others } };
}

const CAUGHT = {
  Next: 'Caught',
  Output: { error: '{% $states.errorOutput.Error %}', cause: '{% $states.errorOutput.Cause %}' },
};
const HANDLER = { Caught: { Type: 'Succeed' } };

describe('lambda:invoke', () => {
  test('passes the payload on as the role and gives the answer, parsed', async () => {
    const { run, tasks } = createTestWorld({ answers: { 'lambda.Invoke': () => answerPayload({ ok: [1] }) } });

    const { output, types, events } = await run(machine({}), { n: 3 });

    expect(output).toEqual({ ExecutedVersion: '$LATEST', Payload: { ok: [1] }, StatusCode: 200 });
    expect(tasks).toMatchObject([
      {
        input: { FunctionName: 'f', Payload: Buffer.from('{"n":3}') },
        caller: { kind: 'role', roleArn: ROLE_ARN },
      },
    ]);
    expect(types).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events.map((event) => event.previousEventId)).toEqual([0, 0, 2, 3, 4, 5, 6]);
    expect(events[2]).toMatchObject({
      taskScheduledEventDetails: {
        resourceType: 'lambda',
        resource: 'invoke',
        region: 'us-east-1',
        parameters: '{"FunctionName":"f","Payload":{"n":3}}',
      },
    });
  });

  test("fails with the function's error type, its payload as the cause", async () => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerFunctionError('MyError', 'no') } });

    const { error, cause, types } = await run(machine({}), { n: 1 });

    expect(error).toBe('MyError');
    expect(cause).toBe('{"errorType":"MyError","errorMessage":"no","trace":[]}');
    expect(types.slice(-2)).toEqual(['TaskFailed', 'ExecutionFailed']);
  });

  test('fails with Lambda.Unknown when the payload names no error type', async () => {
    const answer = { ...answerPayload({ message: 'out of memory' }), FunctionError: 'Unhandled' };
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answer } });

    const { error, cause } = await run(machine({}), { n: 1 });

    expect(error).toBe('Lambda.Unknown');
    expect(cause).toContain('Returned payload: {"message":"out of memory"}');
  });

  test.each([
    ['TooManyRequestsException', 'Lambda.TooManyRequestsException'],
    ['ResourceNotFoundException', 'Lambda.ResourceNotFoundException'],
    ['AccessDeniedException', 'Lambda.AWSLambdaException'],
  ])('names the service error %s %s', async (code, expected) => {
    const { run } = createTestWorld({
      answers: {
        'lambda.Invoke': () => {
          throw new AwsError(code, 'Rate Exceeded.', { status: 429 });
        },
      },
    });

    const { error, cause } = await run(machine({}), { n: 1 });

    expect(error).toBe(expected);
    expect(cause).toMatch(
      new RegExp(
        `^Rate Exceeded\\. \\(Service: AWSLambda; Status Code: 429; Error Code: ${code}; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`,
      ),
    );
  });

  test.each([
    [262_000, 'SUCCEEDED', undefined],
    [262_144, 'FAILED', 'States.DataLimitExceeded'],
  ])('that answers %i characters ends %s', async (characters, expectedStatus, expectedError) => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerPayload('x'.repeat(characters)) } });

    const { status, error } = await run(machine({ Output: {} }), { n: 1 });

    expect([status, error]).toEqual([expectedStatus, expectedError]);
  });
});

describe('an SDK integration', () => {
  const sdk = (service: string, action: string, args: object) =>
    machine({ Resource: `arn:aws:states:::aws-sdk:${service}:${action}`, Arguments: args });

  test.each<[string, unknown, string]>([
    ['an object', { a: '{% $states.input.n %}' }, '{"a":1}'],
    ['a string', 'text', 'text'],
  ])('stores %s given as the Body of an S3 object as its bytes', async (_form, Body, expected) => {
    const { run, tasks } = createTestWorld({ answers: { 's3.PutObject': () => ({ ETag: '"e"' }) } });

    const { output } = await run(sdk('s3', 'putObject', { Bucket: 'b', Key: 'k', Body }), { n: 1 });

    expect(tasks[0]?.input).toEqual({ Bucket: 'b', Key: 'k', Body: Buffer.from(expected) });
    expect(output).toEqual({ ETag: '"e"' });
  });

  test('spells names as the SDK does, in both directions, and gives timestamps in ISO 8601', async () => {
    const mapping = { UUID: 'u', State: 'Enabled', LastModified: 1_767_225_600.5 };
    const { run, tasks } = createTestWorld({ answers: { 'lambda.GetEventSourceMapping': () => mapping } });

    const { output } = await run(sdk('lambda', 'getEventSourceMapping', { Uuid: 'u' }));

    expect(tasks[0]?.input).toEqual({ UUID: 'u' });
    expect(output).toEqual({ Uuid: 'u', State: 'Enabled', LastModified: '2026-01-01T00:00:00.500Z' });
  });

  test('speaks PascalCase also to an API in camelCase', async () => {
    const { run } = createTestWorld();

    const { output } = await run(
      sdk('sfn', 'listExecutions', {
        StateMachineArn: '{% $states.context.StateMachine.Id %}',
        StatusFilter: 'RUNNING',
      }),
    );

    expect(output).toMatchObject({
      Executions: [{ Status: 'RUNNING', StartDate: expect.stringMatching(/^2026-01-01T00:00:00/) }],
    });
  });

  test('gives raw bytes as text', async () => {
    const { run } = createTestWorld({ answers: { 's3.GetObject': () => ({ Body: Buffer.from('{"a":1}') }) } });

    const { output } = await run(sdk('s3', 'getObject', { Bucket: 'b', Key: 'k' }));

    expect(output).toEqual({ Body: '{"a":1}' });
  });

  test.each([
    ['firehose', 'updateDestination', 'ConcurrentModificationException', 'Firehose.ConcurrentModificationException'],
    ['lambda', 'updateEventSourceMapping', 'ResourceInUseException', 'Lambda.ResourceInUseException'],
    ['s3', 'getObject', 'NoSuchKey', 'S3.NoSuchKeyException'],
    ['s3', 'putObject', 'AccessDenied', 'S3.S3Exception'],
    ['firehose', 'describeDeliveryStream', 'AccessDeniedException', 'Firehose.FirehoseException'],
    ['sfn', 'sendTaskSuccess', 'InvalidToken', 'Sfn.InvalidTokenException'],
    ['sqs', 'getQueueUrl', 'QueueDoesNotExist', 'Sqs.QueueDoesNotExistException'],
  ])('%s:%s names the error %s %s', async (service, action, code, expected) => {
    const operation = `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
    const { run } = createTestWorld({
      answers: {
        [`${service}.${operation}`]: () => {
          throw new AwsError(code, 'Not now.', { status: 400 });
        },
      },
    });

    const { error, cause } = await run(sdk(service, action, {}));

    expect(error).toBe(expected);
    expect(cause).toMatch(/^Not now\. \(Service: \w+, Status Code: 400, Request ID: [0-9a-f-]{36}\)$/);
  });

  test('with an operation that no service has is refused when the machine is made', () => {
    const { create } = createTestWorld();

    expect(() => create(sdk('s3', 'deleteObject', {}))).toThrow(
      new UnsupportedFeatureError('state T', 'a task on s3 DeleteObject'),
    );
  });
});

describe('Retry', () => {
  test('waits longer each time, counts in the context, and records each attempt', async () => {
    const { run, tasks } = createTestWorld({
      answers: {
        'lambda.Invoke': (_input, attempt) => (attempt < 3 ? answerFunctionError('Busy', '') : answerPayload('done')),
      },
    });

    const { output, types } = await run(
      machine({
        Arguments: { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' },
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10 }],
        Output: '{% $states.result.Payload %}',
      }),
    );

    expect(output).toBe('done');
    expect(tasks.map((task) => String(task.input.Payload))).toEqual(['0', '1', '2', '3']);
    const gapsMs = tasks.slice(1).map((task, index) => task.timeMs - (tasks[index]?.timeMs ?? 0));
    expect(gapsMs.map((gapMs) => Math.round(gapMs / 1000))).toEqual([2, 6, 10]);
    expect(types.filter((type) => type === 'TaskStateEntered')).toHaveLength(1);
    expect(types.filter((type) => type === 'TaskScheduled')).toHaveLength(4);
  });

  test('gives up after MaxAttempts, each retrier counting its own, and then Catch decides', async () => {
    const errors = ['A', 'B', 'A', 'A'];
    const { run, tasks } = createTestWorld({
      answers: { 'lambda.Invoke': (_input, attempt) => answerFunctionError(errors[attempt] ?? 'A', '') },
    });

    const { output } = await run(
      machine(
        {
          Retry: [
            { ErrorEquals: ['A'], MaxAttempts: 2 },
            { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
          ],
          Catch: [{ ErrorEquals: ['States.ALL'], ...CAUGHT }],
        },
        HANDLER,
      ),
      { n: 1 },
    );

    expect(tasks).toHaveLength(4);
    expect(output).toMatchObject({ error: 'A' });
  });

  test('with full jitter waits less than the delay, the same for the same seed', async () => {
    const runOnce = async () => {
      const { run, tasks } = createTestWorld({
        answers: {
          'lambda.Invoke': (_input, attempt) => (attempt === 0 ? answerFunctionError('Busy', '') : answerPayload(1)),
        },
      });
      await run(machine({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1000, JitterStrategy: 'FULL' }] }), {
        n: 1,
      });
      return (tasks[1]?.timeMs ?? 0) - (tasks[0]?.timeMs ?? 0);
    };

    const waitMs = await runOnce();

    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThan(1_000_000);
    expect(await runOnce()).toBe(waitMs);
  });
});

describe('Catch', () => {
  test('assigns and goes on with the error output, which is the output by default', async () => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerFunctionError('Oops', 'why') } });

    const { output, types } = await run(
      machine(
        { Catch: [{ ErrorEquals: ['Oops'], Assign: { failed: '{% $states.errorOutput.Error %}' }, Next: 'Caught' }] },
        { Caught: { Type: 'Succeed', Output: { input: '{% $states.input.Error %}', failed: '{% $failed %}' } } },
      ),
      { n: 1 },
    );

    expect(output).toEqual({ input: 'Oops', failed: 'Oops' });
    expect(types).toContain('TaskStateExited');
  });

  test.each([
    ['States.ALL', 'MyError', true],
    ['States.TaskFailed', 'MyError', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.ALL', 'States.Timeout', true],
    ['States.Timeout', 'States.Timeout', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false],
    ['Other', 'MyError', false],
  ])('of %s takes %s: %s', async (errorEquals, errorType, isTaken) => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerFunctionError(errorType, '') } });

    const { status } = await run(machine({ Catch: [{ ErrorEquals: [errorEquals], ...CAUGHT }] }, HANDLER), { n: 1 });

    expect(status).toBe(isTaken ? 'SUCCEEDED' : 'FAILED');
  });

  test('takes an Output that cannot be evaluated', async () => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerPayload({}) } });

    const { output } = await run(
      machine(
        { Output: '{% $states.result.Payload.gone %}', Catch: [{ ErrorEquals: ['States.ALL'], ...CAUGHT }] },
        HANDLER,
      ),
      { n: 1 },
    );

    expect(output).toMatchObject({ error: 'States.QueryEvaluationError' });
  });
});

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

test("a fault of the emulator's own ends the execution by name, and nothing catches it", async () => {
  const { run } = createTestWorld({
    answers: {
      'lambda.Invoke': () => {
        throw new UnsupportedFeatureError('lambda', 'layers');
      },
    },
  });

  const { error, cause } = await run(machine({ Catch: [{ ErrorEquals: ['States.ALL'], ...CAUGHT }] }, HANDLER), {
    n: 1,
  });

  expect(error).toBe('UnsupportedFeatureError');
  expect(cause).toBe('lambda: layers is not modelled by the emulator');
});
