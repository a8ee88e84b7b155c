import { describe, expect, test } from 'vitest';
import { createTestLambda, START_MS } from './create-lambda.fixture.ts';

const SUCCEED = 'exports.handler = async () => 1;';
const sleepFor = (durationMs: number) =>
  `exports.handler = () => new Promise((resolve) => setTimeout(() => resolve('slept'), ${durationMs}));`;

function deploy(code: string, props = {}) {
  const tested = createTestLambda({ stallMs: 20 });
  tested.createFunction(code, props);
  const valuesOf = (metricName: string) =>
    tested.metrics.filter((datum) => datum.metricName === metricName).map(({ value }) => value);
  return { ...tested, valuesOf };
}

describe('an invocation', () => {
  test('is a cold start once, and its initialisation is billed', async () => {
    const { answer, invocations } = deploy(SUCCEED);

    await answer();
    await answer();

    const [cold, warm] = invocations;
    expect(cold).toMatchObject({ coldStart: true, outcome: 'succeeded' });
    expect(cold?.initMs).toBeGreaterThan(50);
    expect(cold?.billedMs).toBe(Math.ceil((cold?.initMs ?? 0) + (cold?.durationMs ?? 0)));
    expect(warm).toMatchObject({ coldStart: false, initMs: 0, billedMs: Math.ceil(warm?.durationMs ?? 0) });
  });

  test('takes longer to initialise with more code', async () => {
    const small = deploy(SUCCEED);
    const large = deploy(`${SUCCEED}/*${'x'.repeat(5e6)}*/`);

    await small.answer();
    await large.answer();

    expect(large.invocations[0]?.initMs).toBeGreaterThan((small.invocations[0]?.initMs ?? 0) + 300);
  });

  test('lasts as long as its timers', async () => {
    const { answer, invocations } = deploy(sleepFor(2000));

    expect(await answer()).toBe('slept');

    expect(invocations[0]?.durationMs).toBeGreaterThanOrEqual(2000);
    expect(invocations[0]?.durationMs).toBeLessThan(2200);
  });

  test('takes less with more memory, as far as one vCPU', async () => {
    const measure = async (memorySizeMb: number) => {
      const { answer, invocations } = deploy(SUCCEED, { memorySizeMb });
      await answer('x'.repeat(1e6));
      return invocations[0]?.durationMs ?? 0;
    };

    const [slow, full, more] = [await measure(177), await measure(1769), await measure(10_240)];

    expect(slow / full).toBeCloseTo(1769 / 177, 3);
    expect(more).toBeCloseTo(full, 3);
  });

  test('ends at the timeout', async () => {
    const { answer, invocations } = deploy(sleepFor(5000), { timeoutSeconds: 3 });

    const { errorType, errorMessage } = await answer();

    expect(errorType).toBe('Sandbox.Timedout');
    expect(errorMessage).toMatch(/^RequestId: \S+ Error: Task timed out after 3\.00 seconds$/);
    expect(invocations[0]).toMatchObject({ durationMs: 3000, outcome: 'timed-out', failed: true });
  });

  test('tells its handler who it is and how long it has', async () => {
    const { answer, invocations } = deploy(
      'exports.handler = async (event, context) => ({ event, left: context.getRemainingTimeInMillis(), ...context });',
    );

    const context = await answer({ a: 1 });

    expect(context).toMatchObject({
      event: { a: 1 },
      left: 30_000,
      awsRequestId: invocations[0]?.requestId,
      functionName: 'tested',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:tested',
      memoryLimitInMB: '512',
    });
  });

  test.each([
    [
      "gives a handler's error by its name, message and place in the deployed file",
      'throw Object.assign(new Error("too large"), { name: "PlanTooLargeError" });',
      {
        errorType: 'PlanTooLargeError',
        errorMessage: 'too large',
        trace: expect.arrayContaining([expect.stringMatching(/\/var\/task\/index\.js:1:\d+\)?$/)]),
      },
    ],
    [
      'gives what is no error by its type',
      'throw "a word";',
      { errorType: 'string', errorMessage: 'a word', trace: [] },
    ],
    [
      'fails when the result is no JSON',
      'return 1n;',
      { errorType: 'Runtime.MarshalError', errorMessage: 'Unable to stringify response body' },
    ],
    [
      'fails when the result is larger than 6 MB',
      'return "x".repeat(6_291_556);',
      { errorType: 'Function.ResponseSizeTooLarge' },
    ],
  ])('%s', async (_claim, body, expected) => {
    const { start, world, lambda } = deploy(`exports.handler = async () => { ${body} };`);

    const { FunctionError, Payload } = await world.clock.runUntilSettled(start());

    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(String(Payload))).toMatchObject(expected);
    expect(String(Payload)).not.toContain('emulator/');
    expect(lambda.logsOf('tested').length).toBe(1);
  });

  test.each([
    ['throws at its top level', 'throw new TypeError("broken");', 'TypeError', 'broken'],
    ['does not export its handler', '', 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
  ])('of code that %s fails, and is billed for the attempt', async (_what, code, errorType, errorMessage) => {
    const { answer, invocations } = deploy(code);

    expect(await answer()).toMatchObject({ errorType, errorMessage });
    await answer();

    expect(invocations.map(({ coldStart, durationMs }) => [coldStart, durationMs])).toEqual([
      [true, 0],
      [true, 0],
    ]);
    expect(invocations[0]?.billedMs).toBeGreaterThan(50);
  });

  test('that waits for something outside virtual time is named', async () => {
    const { answer } = deploy('exports.handler = () => new Promise(() => {});');

    await expect(answer()).rejects.toMatchObject({
      name: 'StallError',
      message:
        'function tested waits for something that the emulator does not model: it has no request and no timer under way',
    });
  });

  test.each([
    ['RequestResponse', 6 * 1024 * 1024],
    ['Event', 1024 * 1024],
  ])('of type %s takes %i bytes and no more', async (InvocationType, bytesMax) => {
    const { start, world } = deploy(SUCCEED);
    const invoke = (bytes: number) =>
      world.clock.runUntilSettled(start('', { InvocationType, Payload: Buffer.from(`"${'x'.repeat(bytes - 2)}"`) }));

    await expect(invoke(bytesMax)).resolves.toBeDefined();
    await expect(invoke(bytesMax + 1)).rejects.toMatchObject({ code: 'RequestTooLargeException', status: 413 });
  });

  test.each([
    ['DryRun', { InvocationType: 'DryRun' }, 'Invoke: InvocationType DryRun is not modelled by the emulator'],
    ['a payload that is no JSON', { Payload: Buffer.from('{') }, 'Could not parse request body into json'],
    ['an unknown parameter', { ClientContext: '' }, 'Invoke: parameter ClientContext is not modelled by the emulator'],
    [
      'an unknown function',
      { FunctionName: 'other' },
      'Function not found: arn:aws:lambda:us-east-1:000000000000:function:other',
    ],
  ])('with %s is refused', async (_what, input, message) => {
    const { start, world } = deploy(SUCCEED);

    await expect(world.clock.runUntilSettled(start({}, input))).rejects.toThrow(message);
  });

  test('is counted at the instant of its start', async () => {
    const { answer, metrics, invocations, pass } = deploy('exports.handler = async () => { throw 1; };');
    await pass(30_000);

    await answer();

    const startMs = invocations[0]?.startMs;
    const dimensions = { FunctionName: 'tested' };
    const namespace = 'AWS/Lambda';
    for (const [metricName, value] of Object.entries({
      Invocations: 1,
      Errors: 1,
      Duration: invocations[0]?.durationMs,
    })) {
      expect(metrics).toContainEqual({ namespace, metricName, dimensions, value, timeMs: startMs });
    }
    expect(startMs).toBeGreaterThan(START_MS + 30_000);
  });
});

describe('concurrency', () => {
  test('is counted, and environments are used again', async () => {
    const { start, world, valuesOf, invocations } = deploy(sleepFor(1000));

    await world.clock.runUntilSettled(Promise.all([start(), start(), start()]));
    await world.clock.runUntilSettled(start());

    expect(valuesOf('ConcurrentExecutions')).toEqual([1, 2, 3, 1]);
    expect(invocations.filter(({ coldStart }) => coldStart).length).toBe(3);
  });

  test('beyond what is reserved is throttled, and does not count as an invocation', async () => {
    const { start, world, valuesOf } = deploy(sleepFor(1000), { reservedConcurrency: 1 });

    const outcomes = await world.clock.runUntilSettled(Promise.allSettled([start(), start()]));

    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'TooManyRequestsException', status: 429 },
    });
    expect(valuesOf('Invocations')).toEqual([1]);
    expect(valuesOf('Throttles')).toEqual([1, 0]);
  });

  test('that one function has reserved is taken from the others', async () => {
    const tested = deploy(sleepFor(10_000));
    tested.createFunction(SUCCEED, { name: 'reserving', reservedConcurrency: 900 });

    const outcomes = await tested.world.clock.runUntilSettled(
      Promise.allSettled(Array.from({ length: 101 }, () => tested.start())),
    );
    const reserving = tested.start({}, { FunctionName: 'reserving' });

    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBe(1);
    await expect(tested.world.clock.runUntilSettled(reserving)).resolves.toBeDefined();
  });

  test('must leave 100 to the functions that reserve none', () => {
    const { createFunction } = deploy(SUCCEED);

    expect(() => createFunction(SUCCEED, { name: 'greedy', reservedConcurrency: 901 })).toThrow(
      "decreases account's UnreservedConcurrentExecution below its minimum value of [100]",
    );
  });

  test('grows by 1,000 environments in ten seconds', async () => {
    // Each attempt takes another environment, as none comes to be.
    const { start, world, invocations } = deploy('throw new Error("broken");');
    const wave = () => world.clock.runUntilSettled(Promise.allSettled(Array.from({ length: 500 }, () => start())));

    const outcomes = [...(await wave()), ...(await wave()), ...(await wave())];

    const throttled = outcomes.filter(({ status }) => status === 'rejected').length;
    const passedMs = world.clock.now() - START_MS;
    expect(passedMs).toBeLessThan(2000);
    expect(invocations.length + throttled).toBe(1500);
    expect(invocations.length).toBeGreaterThanOrEqual(1000);
    expect(invocations.length).toBeLessThanOrEqual(1000 + passedMs / 10);
  });
});

describe('an asynchronous invocation', () => {
  const Event = { InvocationType: 'Event' };
  const startedAfterMs = (records: readonly { startMs: number }[]) =>
    records.map(({ startMs }) => Math.round((startMs - START_MS) / 1000));

  test('is answered before it runs', async () => {
    const { start, world, pass, invocations } = deploy(sleepFor(1000));

    const accepted = await world.clock.runUntilSettled(start({}, Event));
    const before = invocations.length;
    await pass(10_000);

    expect(accepted).toMatchObject({ StatusCode: 202 });
    expect([before, invocations.length]).toEqual([0, 1]);
  });

  test('that fails is tried again after one minute and after two more, by the same request', async () => {
    const { start, pass, invocations, valuesOf } = deploy('exports.handler = async () => { throw new Error("no"); };');

    start({}, Event);
    await pass(600_000);

    expect(startedAfterMs(invocations)).toEqual([0, 60, 180]);
    expect(new Set(invocations.map(({ requestId }) => requestId)).size).toBe(1);
    expect(valuesOf('AsyncEventsDropped')).toEqual([1]);
  });

  test('that is throttled waits, longer each time', async () => {
    const { start, world, pass, invocations, valuesOf } = deploy(sleepFor(5000), { reservedConcurrency: 1 });

    start();
    await pass(1000);
    world.clock.spawn(() => start({}, Event));
    await pass(60_000);

    expect(invocations.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
    expect(valuesOf('Throttles').filter((value) => value === 1).length).toBe(3);
  });
});

describe('a function', () => {
  test('tells of what it prints, and keeps the last thousand lines', async () => {
    const { lambda, answer } = deploy(
      'exports.handler = async () => { for (let i = 0; i <= 1000; i++) console.log("line %d", i, { i }); };',
    );
    const heard: string[] = [];
    lambda.onLog((functionName, text) => heard.push(`${functionName}: ${text}`));

    await answer();

    expect(heard.length).toBe(1001);
    expect(heard[0]).toBe('tested: line 0 { i: 0 }');
    expect(lambda.logsOf('tested').length).toBe(1000);
    expect(lambda.logsOf('tested')[0]).toBe('line 1 { i: 1 }');
  });

  test.each([
    ['a name that is taken', SUCCEED, {}, 'Function already exist: tested'],
    ['a variable of the runtime', SUCCEED, { name: 'b', environment: { AWS_REGION: 'x' } }, 'request: AWS_REGION'],
    [
      'another time zone',
      SUCCEED,
      { name: 'b', environment: { TZ: 'Asia/Tokyo' } },
      'environment variable TZ Asia/Tokyo',
    ],
    ['a handler of another form', SUCCEED, { name: 'b', handler: 'index' }, 'handler index is not modelled'],
    [
      'code without its file',
      SUCCEED,
      { name: 'b', handler: 'main.handler' },
      'a handler without main.js is not modelled',
    ],
    ['code that does not compile', 'exports.handler = {', { name: 'b' }, 'Unexpected token'],
  ])('with %s is refused', (_what, code, props, message) => {
    const { createFunction } = deploy(SUCCEED);

    expect(() => createFunction(code, props)).toThrow(message);
  });

  test('runs the same for the same seed', async () => {
    const code =
      'exports.handler = async () => { const ms = 1000 * Math.random(); await new Promise((r) => setTimeout(r, ms)); return crypto.randomUUID(); };';
    const run = async (seed: number) => {
      const tested = createTestLambda({ seed });
      tested.createFunction(code);
      const answers = await tested.world.clock.runUntilSettled(
        Promise.all(Array.from({ length: 5 }, () => tested.start())),
      );
      return { answers: answers.map(({ Payload }) => String(Payload)), invocations: tested.invocations };
    };

    const [one, again, other] = [await run(1), await run(1), await run(2)];

    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });
});
