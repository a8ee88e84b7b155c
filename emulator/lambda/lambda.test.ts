import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';

const sleepFor = (durationMs: number) =>
  `exports.handler = () => new Promise((resolve) => setTimeout(() => resolve('slept'), ${durationMs}));`;

function deploy(code: string, props = {}) {
  const account = createTestAccount();
  const FunctionName = account.createFunction(code, props);
  const invoke = (event: unknown = {}) =>
    account.call('lambda', 'Invoke', { FunctionName, Payload: Buffer.from(JSON.stringify(event)) });
  const answer = async (event: unknown = {}) => JSON.parse(String((await invoke(event)).Payload));
  return { ...account, FunctionName, invoke, answer };
}

describe('the sandbox', () => {
  test.each([
    ['Date.now()', START_MS],
    ['new Date().getTime()', START_MS],
    ['performance.timeOrigin', START_MS],
  ])('gives %s on the virtual clock', async (expression, fromMs) => {
    const value = await deploy(`exports.handler = async () => ${expression};`).answer();

    expect(value).toBeGreaterThanOrEqual(fromMs);
    expect(value).toBeLessThan(fromMs + 1000);
  });

  test.each([
    'Math.random()',
    'crypto.randomUUID()',
    "require('node:crypto').randomUUID()",
    "require('crypto').randomBytes(4).toString('hex')",
  ])('draws %s from the seed', async (expression) => {
    const draw = (seed: number) => {
      const account = createTestAccount({ seed });
      const FunctionName = account.createFunction(`exports.handler = async () => ${expression};`);
      return account.call('lambda', 'Invoke', { FunctionName }).then(({ Payload }) => String(Payload));
    };

    expect(await draw(1)).toBe(await draw(1));
    expect(await draw(1)).not.toBe(await draw(2));
  });

  test.each(['net', 'child_process', 'http2'])('refuses to use %s, by name', async (name) => {
    const { errorMessage } = await deploy(
      `const m = require('${name}'); exports.handler = async () => new m.Socket();`,
    ).answer();

    expect(errorMessage).toContain(`${name}.Socket is not modelled`);
  });

  test("hides the host's files, so that no one's AWS settings are read", async () => {
    const code = await deploy(
      "exports.handler = () => require('fs').promises.readFile('/etc/hosts').catch((error) => error.code);",
    ).answer();

    expect(code).toBe('ENOENT');
  });

  test('has no way out to the internet', async () => {
    const message = await deploy(
      "exports.handler = () => fetch('https://example.com').catch((error) => error.message);",
    ).answer();

    expect(message).toContain('no way out');
  });

  test('keeps what is at the top level between invocations of one environment', async () => {
    const counter = deploy('let count = 0; exports.handler = async () => ++count;');

    expect([await counter.answer(), await counter.answer()]).toEqual([1, 2]);
  });
});

describe('an invocation', () => {
  test('is a cold start once, and its initialisation is billed', async () => {
    const account = deploy('exports.handler = async () => 1;');

    await account.invoke();
    await account.invoke();

    const [cold, warm] = account.invocations;
    expect(cold?.initMs).toBeGreaterThan(50);
    expect(cold?.billedMs).toBe(Math.ceil((cold?.initMs ?? 0) + (cold?.durationMs ?? 0)));
    expect(warm?.initMs).toBe(0);
  });

  test('lasts as long as its timers', async () => {
    const account = deploy(sleepFor(2000));

    await account.invoke();

    expect(account.invocations[0]?.durationMs).toBeGreaterThanOrEqual(2000);
    expect(account.invocations[0]?.durationMs).toBeLessThan(2200);
  });

  test('ends at the timeout, and the next one starts cold', async () => {
    const account = deploy(sleepFor(5000), { timeoutSeconds: 3 });

    const { FunctionError, Payload } = await account.invoke();
    await account.invoke();

    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(String(Payload)).errorMessage).toContain('Task timed out after 3.00 seconds');
    expect(account.invocations.map(({ initMs }) => initMs > 0)).toEqual([true, true]);
  });

  test("gives a handler's error by its name and message", async () => {
    const { FunctionError, Payload } = await deploy(
      'exports.handler = async () => { throw Object.assign(new Error("too large"), { name: "PlanTooLargeError" }); };',
    ).invoke();

    expect(FunctionError).toBe('Unhandled');
    expect(JSON.parse(String(Payload))).toMatchObject({ errorType: 'PlanTooLargeError', errorMessage: 'too large' });
  });

  test('of a function whose concurrency is taken is throttled', async () => {
    const { world, FunctionName } = deploy(sleepFor(1000), { reservedConcurrency: 1 });
    const invoke = () =>
      world.gateway.call({ service: 'lambda', operation: 'Invoke', input: { FunctionName }, caller: { kind: 'root' } });

    const outcomes = await world.clock.runUntilSettled(Promise.allSettled([invoke(), invoke()]));

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'TooManyRequestsException', status: 429 },
    });
  });

  test.each([
    ['RequestResponse', 6 * 1024 * 1024],
    ['Event', 1024 * 1024],
  ])('of type %s takes %i bytes and no more', async (InvocationType, bytesMax) => {
    const { call, FunctionName } = deploy('exports.handler = async () => 1;');
    const invoke = (bytes: number) =>
      call('lambda', 'Invoke', { FunctionName, InvocationType, Payload: Buffer.from(`"${'x'.repeat(bytes - 2)}"`) });

    await expect(invoke(bytesMax)).resolves.toBeDefined();
    await expect(invoke(bytesMax + 1)).rejects.toMatchObject({ code: 'RequestTooLargeException', status: 413 });
  });

  test('that waits for something outside virtual time is named', async () => {
    const call = deploy('exports.handler = () => new Promise(() => {});').invoke();

    await expect(call).rejects.toThrow('function tested waits for something that the emulator does not model');
  });

  test('counts in the minute in which it began', async () => {
    const account = deploy('exports.handler = async () => 1;');
    await account.invoke();
    await account.pass(600_000);

    const { MetricDataResults } = await account.call('cloudwatch', 'GetMetricData', {
      StartTime: START_MS / 1000,
      EndTime: START_MS / 1000 + 600,
      MetricDataQueries: [
        {
          Id: 'invocations',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Lambda',
              MetricName: 'Invocations',
              Dimensions: [{ Name: 'FunctionName', Value: 'tested' }],
            },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
    });

    expect(MetricDataResults).toMatchObject([{ Timestamps: [START_MS / 1000], Values: [1] }]);
  });
});
