// Rule: an execution environment runs one invocation at a time, keeps its state for the next, and stands still in between.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy, START_MS } from '../../../emulator/lambda/create-lambda.fixture.ts';

describe('an execution environment', () => {
  test('keeps what the code left in it', async () => {
    const { answer } = deploy('let count = 0; exports.handler = async () => ++count;');

    expect([await answer(), await answer()]).toEqual([1, 2]);
  });

  test('runs one invocation at a time', async () => {
    const { start, world } = deploy(
      'let count = 0; exports.handler = async () => { await new Promise((done) => setTimeout(done, 100)); return ++count; };',
    );

    const answers = await world.clock.runUntilSettled(Promise.all([start(), start()]));

    expect(answers.map(({ Payload }) => String(Payload))).toEqual(['1', '1']);
  });

  test('stands still between invocations', async () => {
    const { answer, pass } = deploy(
      'const ticks = []; exports.handler = async () => { setTimeout(() => ticks.push(Date.now()), 50); return ticks; };',
    );

    expect(await answer()).toEqual([]);
    await pass(60_000);
    const [tickMs] = await answer();

    expect(tickMs).toBeGreaterThanOrEqual(START_MS + 60_000);
  });

  test('that ended by process.exit is not used again', async () => {
    const { answer, invocations } = deploy('exports.handler = async () => process.exit(1);');

    expect(await answer()).toMatchObject({ errorType: 'Runtime.ExitError' });
    await answer();

    expect(invocations.map(({ coldStart }) => coldStart)).toEqual([true, true]);
  });
});
