// Rule: a request takes 6 MB synchronously and 1 MB asynchronously, an answer 6 MB; the caller may ask for the end of the log, or only
//   whether it may invoke.
// Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy } from '../../../emulator/lambda/create-lambda.fixture.ts';

const SUCCEED = 'exports.handler = async () => 1;';

describe('an invocation', () => {
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
    [6_291_556, undefined],
    [6_291_557, 'Unhandled'],
  ])('may answer with %i bytes: %s', async (bytes, functionError) => {
    const { start, world } = deploy(`exports.handler = async () => 'x'.repeat(${bytes} - 2);`);

    const { FunctionError, Payload } = await world.clock.runUntilSettled(start());

    expect(FunctionError).toBe(functionError);
    if (functionError) {
      expect(JSON.parse(String(Payload))).toMatchObject({
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      });
    }
  });

  test('of type DryRun runs nothing', async () => {
    const { start, world, invocations } = deploy(SUCCEED);

    const answer = await world.clock.runUntilSettled(start({}, { InvocationType: 'DryRun' }));

    expect(answer).toEqual({ StatusCode: 204, Payload: Buffer.alloc(0) });
    expect(invocations).toEqual([]);
  });

  test('with LogType Tail answers with the last 4 KB of its log', async () => {
    const { start, world } = deploy('exports.handler = async (size) => console.log("x".repeat(size));');
    const readTail = async (size: number) => {
      const answer = await world.clock.runUntilSettled(start(size, { LogType: 'Tail' }));
      return Buffer.from((answer as unknown as { LogResult: string }).LogResult, 'base64').toString();
    };

    expect(await readTail(3)).toMatch(
      /^START RequestId: .*\n.*\tINFO\txxx\nEND RequestId: .*\nREPORT RequestId: .*\n$/,
    );
    expect(await readTail(9000)).toMatch(/^x{3000,4000}\nEND .*\nREPORT .*\n$/);
  });
});
