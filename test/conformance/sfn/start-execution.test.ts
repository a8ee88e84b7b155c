// Rule: a name is taken once: only the same name and input as an execution that runs give that one again.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html

import { describe, expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

const WAIT = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100, End: true } } };
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
    ['', 'InvalidExecutionInput'],
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

  test.each([
    ['m', 'Invalid ARN prefix: m'],
    ['arn:aws:states:us-east-1:000000000000:execution:m:x', 'Resource type not valid in this context: execution'],
  ])('answers InvalidArn for %s', async (stateMachineArn, problem) => {
    await expect(createTestWorld().call('StartExecution', { stateMachineArn })).rejects.toMatchObject({
      code: 'InvalidArn',
      message: `Invalid Arn: '${problem}'`,
    });
  });

  test('refuses a parameter it does not model by name', async () => {
    const { call, create } = createTestWorld();

    await expect(call('StartExecution', { stateMachineArn: create(WAIT), traceHeader: 'x' })).rejects.toThrow(
      'StartExecution: parameter traceHeader is not modelled by the emulator',
    );
  });
});
