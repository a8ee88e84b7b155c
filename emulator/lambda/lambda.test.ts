import { describe, expect, test } from 'vitest';
import { createTestLambda, deployTestFunction } from './create-lambda.fixture.ts';

const SUCCEED = 'exports.handler = async () => 1;';
const deploy = deployTestFunction;

describe('an invocation', () => {
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

  test('that waits for something outside virtual time is named', async () => {
    const { answer } = deploy('exports.handler = () => new Promise(() => {});');

    await expect(answer()).rejects.toMatchObject({
      name: 'StallError',
      message:
        'function tested waits for something that the emulator does not model: it has no request and no timer under way',
    });
  });

  test.each([
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
