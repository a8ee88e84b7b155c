// Rule: an invocation fails with the error of its code, by its type, message and place; one that nothing caught ends the environment.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deployTestFunction as deploy } from '../../../emulator/lambda/create-lambda.fixture.ts';

describe('an invocation', () => {
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
});

describe('a rejection that nothing caught', () => {
  // The test runner listens for them too, and would take them for its own.
  const others: NodeJS.UnhandledRejectionListener[] = [];
  beforeEach(() => {
    others.push(...process.listeners('unhandledRejection').filter(({ name }) => name !== 'tellOwner'));
    for (const listener of others) process.off('unhandledRejection', listener);
  });
  afterEach(() => {
    for (const listener of others.splice(0)) process.on('unhandledRejection', listener);
  });

  const PAUSE = 'await new Promise((done) => setTimeout(done, 1000));';

  test.each([
    ['at once', 'Promise.reject(new Error("lost")); return 1;'],
    ['in an asynchronous function', `(async () => { ${PAUSE} throw new Error("lost"); })(); ${PAUSE} ${PAUSE}`],
    ['in a timer', `setTimeout(() => Promise.reject(new Error("lost")), 10); ${PAUSE}`],
  ])('%s fails the invocation, and ends the environment', async (_where, body) => {
    const { answer, invocations } = deploy(`exports.handler = async () => { ${body} };`);

    expect(await answer()).toEqual({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
      trace: ['Runtime.UnhandledPromiseRejection: Error: lost'],
    });
    await answer();

    expect(invocations.map(({ coldStart, outcome }) => [coldStart, outcome])).toEqual([
      [true, 'failed'],
      [true, 'failed'],
    ]);
  });

  test('fails the invocation whose code it was', async () => {
    const { start, world } = deploy(
      `exports.handler = async (name) => { ${PAUSE} if (name === 'b') Promise.reject('lost'); ${PAUSE} return name; };`,
    );

    const answers = await world.clock.runUntilSettled(Promise.all(['a', 'b', 'c'].map((name) => start(name))));

    expect(answers.map(({ Payload }) => JSON.parse(String(Payload)))).toEqual([
      'a',
      { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'lost', trace: expect.any(Array) },
      'c',
    ]);
  });

  test('is none when it is caught in time', async () => {
    const { answer } = deploy(
      'exports.handler = async () => { const late = Promise.reject(new Error("lost")); await null; return late.catch(() => "caught"); };',
    );

    expect(await answer()).toBe('caught');
  });
});

test('an error that a timer throws fails the invocation, and ends the environment', async () => {
  const { answer, invocations } = deploy(
    'exports.handler = () => new Promise(() => setTimeout(() => { throw new RangeError("far"); }, 10));',
  );

  expect(await answer()).toMatchObject({ errorType: 'RangeError', errorMessage: 'far' });
  await answer();

  expect(invocations.map(({ coldStart }) => coldStart)).toEqual([true, true]);
});
