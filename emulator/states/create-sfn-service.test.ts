import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestWorld, ROLE_ARN, START_MS } from './create-test-world.ts';

const WAIT = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100, End: true } } };
const ENDLESS = {
  StartAt: 'Tick',
  States: {
    Tick: { Type: 'Pass', Next: 'More' },
    More: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Tick' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

const eventList = z.array(z.object({ id: z.number(), type: z.string() }).loose());

describe('StartExecution', () => {
  test('gives the running execution of the same name and input', async () => {
    const { call, create } = createTestWorld();
    const request = { stateMachineArn: create(WAIT), name: 'run-1', input: '{"a":1}' };

    const first = await call('StartExecution', request);

    expect(first.executionArn).toBe('arn:aws:states:us-east-1:000000000000:execution:m:run-1');
    expect(await call('StartExecution', request)).toEqual(first);
  });

  test('refuses the same name with another input, or after the execution has ended', async () => {
    const { call, create, finish } = createTestWorld();
    const request = { stateMachineArn: create(WAIT), name: 'run-1', input: '{"a":1}' };
    const { executionArn } = await call('StartExecution', request);
    const refused = expect.objectContaining({ code: 'ExecutionAlreadyExists' });

    await expect(call('StartExecution', { ...request, input: '{}' })).rejects.toEqual(refused);
    await finish(String(executionArn));
    await expect(call('StartExecution', request)).rejects.toEqual(refused);
  });

  test.each([
    ['x'.repeat(80), true],
    ['x'.repeat(81), false],
    ['', false],
    ['a b', false],
    ['a/b', false],
    ['a:b', false],
    ['run-1_2.3=(ü)', true],
  ])('takes the name %j: %s', async (name, isTaken) => {
    const { call, create } = createTestWorld();
    const started = call('StartExecution', { stateMachineArn: create(WAIT), name });

    if (isTaken) expect(await started).toHaveProperty('startDate', expect.any(Number));
    else await expect(started).rejects.toMatchObject({ code: 'InvalidName' });
  });

  test.each([
    ['{', 'InvalidExecutionInput'],
    [JSON.stringify('x'.repeat(262_143)), 'InvalidExecutionInput'],
  ])('refuses input that is no JSON or too large', async (input, code) => {
    const { call, create } = createTestWorld();

    await expect(call('StartExecution', { stateMachineArn: create(WAIT), input })).rejects.toMatchObject({ code });
  });

  test('refuses a machine that does not exist, and a child that no Map Run expects', async () => {
    const { call, create } = createTestWorld();
    const stateMachineArn = create(WAIT);
    const missing = { code: 'StateMachineDoesNotExist' };

    await expect(call('StartExecution', { stateMachineArn: `${stateMachineArn}x` })).rejects.toMatchObject(missing);
    await expect(call('StartExecution', { stateMachineArn: `${stateMachineArn}/l` })).rejects.toMatchObject(missing);
  });

  test('refuses a parameter it does not model by name', async () => {
    const { call, create } = createTestWorld();

    await expect(call('StartExecution', { stateMachineArn: create(WAIT), traceHeader: 'x' })).rejects.toThrow(
      'StartExecution: parameter traceHeader is not modelled by the emulator',
    );
  });
});

describe('DescribeExecution', () => {
  test('shows an execution while it runs and when it has ended', async () => {
    const { call, create, finish } = createTestWorld();
    const { executionArn } = await call('StartExecution', { stateMachineArn: create(WAIT), name: 'r', input: '[1]' });

    const running = await call('DescribeExecution', { executionArn });
    await finish(String(executionArn));
    const ended = await call('DescribeExecution', { executionArn });

    expect(running).toMatchObject({ status: 'RUNNING', name: 'r', input: '[1]', redriveStatus: 'NOT_REDRIVABLE' });
    expect(running).not.toHaveProperty('stopDate');
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: '[1]', outputDetails: { included: true } });
    expect(Number(ended.stopDate) - Number(ended.startDate)).toBeCloseTo(100, 0);
  });

  test('of one that never was answers ExecutionDoesNotExist', async () => {
    const { call } = createTestWorld();
    const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:m:x';

    await expect(call('DescribeExecution', { executionArn })).rejects.toMatchObject({ code: 'ExecutionDoesNotExist' });
  });
});

describe('StopExecution', () => {
  test('aborts an execution where it stands', async () => {
    const { call, clock, create, finish } = createTestWorld();
    const { executionArn } = await call('StartExecution', { stateMachineArn: create(WAIT) });
    await clock.runUntil(START_MS + 5000);

    await call('StopExecution', { executionArn, error: 'Enough', cause: 'no more' });
    await clock.runUntil(START_MS + 500_000);

    expect(await finish(String(executionArn))).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'no more',
      types: ['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted'],
    });
  });

  test('leaves one that has ended as it is', async () => {
    const { call, create, finish } = createTestWorld();
    const { executionArn } = await call('StartExecution', { stateMachineArn: create(WAIT) });
    await finish(String(executionArn));

    await call('StopExecution', { executionArn });

    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('ListExecutions', () => {
  test('lists the newest first, by status and in pages', async () => {
    const { call, create, finish } = createTestWorld();
    const stateMachineArn = create(WAIT);
    const started = await call('StartExecution', { stateMachineArn, name: 'a' });
    await finish(String(started.executionArn));
    await call('StartExecution', { stateMachineArn, name: 'b' });
    await call('StartExecution', { stateMachineArn, name: 'c' });

    const running = await call('ListExecutions', { stateMachineArn, statusFilter: 'RUNNING' });
    const first = await call('ListExecutions', { stateMachineArn, maxResults: 2 });
    const second = await call('ListExecutions', { stateMachineArn, maxResults: 2, nextToken: first.nextToken });

    expect(running).toMatchObject({ executions: [{ name: 'c' }, { name: 'b' }] });
    expect(first).toMatchObject({ executions: [{ name: 'c' }, { name: 'b' }] });
    expect(second).toMatchObject({ executions: [{ name: 'a', status: 'SUCCEEDED' }] });
    expect(second).not.toHaveProperty('nextToken');
  });

  test('refuses a token that it did not give', async () => {
    const { call, create } = createTestWorld();

    await expect(call('ListExecutions', { stateMachineArn: create(WAIT), nextToken: '!' })).rejects.toMatchObject({
      code: 'InvalidToken',
    });
  });
});

describe('GetExecutionHistory', () => {
  test('gives pages, either way round, with or without data', async () => {
    const { call, create, finish } = createTestWorld();
    const { executionArn } = await call('StartExecution', { stateMachineArn: create(WAIT) });
    await finish(String(executionArn));

    const first = await call('GetExecutionHistory', { executionArn, maxResults: 3 });
    const last = await call('GetExecutionHistory', { executionArn, maxResults: 3, nextToken: first.nextToken });
    const reverse = await call('GetExecutionHistory', {
      executionArn,
      reverseOrder: true,
      includeExecutionData: false,
    });

    expect(eventList.parse(first.events).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(eventList.parse(last.events).map(({ id }) => id)).toEqual([4]);
    expect(eventList.parse(reverse.events).map(({ id }) => id)).toEqual([4, 3, 2, 1]);
    expect(eventList.parse(reverse.events)[3]).toMatchObject({ executionStartedEventDetails: { roleArn: ROLE_ARN } });
    expect(JSON.stringify(reverse)).not.toContain('put":');
  });
});

test('an execution that reaches 25,000 events fails, and nothing catches that', async () => {
  const { run } = createTestWorld();
  const guarded = {
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [ENDLESS],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End' }],
        Next: 'End',
      },
      End: { Type: 'Succeed' },
    },
  };

  const { status, error, cause, types } = await run(guarded);

  expect({ status, error, cause }).toEqual({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'The execution reached the maximum number of history events (25000).',
  });
  expect(types).toHaveLength(25_000);
  expect(types.at(-1)).toBe('ExecutionFailed');
});

test('a machine’s TimeoutSeconds ends its execution without error or cause', async () => {
  const { run } = createTestWorld();

  const { status, error, cause, types, durationMs } = await run({ ...WAIT, TimeoutSeconds: 30 });

  expect({ status, error, cause, durationMs }).toEqual({
    status: 'TIMED_OUT',
    error: undefined,
    cause: undefined,
    durationMs: 30_000,
  });
  expect(types).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionTimedOut']);
});

test('DescribeStateMachine shows the definition as it was given', async () => {
  const { call, create } = createTestWorld();

  expect(await call('DescribeStateMachine', { stateMachineArn: create(WAIT) })).toMatchObject({
    name: 'm',
    roleArn: ROLE_ARN,
    type: 'STANDARD',
    status: 'ACTIVE',
    definition: JSON.stringify({ QueryLanguage: 'JSONata', ...WAIT }),
  });
});

test('a state machine’s name is taken once', () => {
  const { create } = createTestWorld();
  create(WAIT);

  expect(() => create(WAIT)).toThrow(expect.objectContaining({ code: 'StateMachineAlreadyExists' }));
});

test('the same seed gives the same history, to the millisecond', async () => {
  const first = await createTestWorld().run(WAIT, { a: 1 });
  const second = await createTestWorld().run(WAIT, { a: 1 });

  expect(second).toEqual(first);
});
