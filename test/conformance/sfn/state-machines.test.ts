// Rule: a state machine is made once for its name, changed for executions to come only, and gone when its last
//   execution has ended.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html

import { describe, expect, test } from 'vitest';
import { UnsupportedFeatureError } from '../../../emulator/kernel/errors.ts';
import { createTestWorld, ROLE_ARN } from '../../../emulator/states/create-test-world.ts';

const PASS = { QueryLanguage: 'JSONata', StartAt: 'P', States: { P: { Type: 'Pass', Output: 1, End: true } } };
const WAIT = {
  QueryLanguage: 'JSONata',
  StartAt: 'W',
  States: { W: { Type: 'Wait', Seconds: 100, Next: 'P' }, P: { Type: 'Pass', Output: 1, End: true } },
};
const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';

function request(definition: object, others: object = {}): object {
  return { name: 'm', definition: JSON.stringify(definition), roleArn: ROLE_ARN, ...others };
}

describe('CreateStateMachine', () => {
  test('makes a machine that can be described, listed and started', async () => {
    const { call, finish } = createTestWorld();

    const created = await call('CreateStateMachine', request(PASS, { tags: [{ key: 'team', value: 'a' }] }));

    expect(created).toEqual({ stateMachineArn: ARN, creationDate: expect.any(Number) });
    expect(await call('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({
      name: 'm',
      roleArn: ROLE_ARN,
      type: 'STANDARD',
      status: 'ACTIVE',
      definition: JSON.stringify(PASS),
    });
    expect(await call('ListStateMachines', {})).toEqual({
      stateMachines: [{ stateMachineArn: ARN, name: 'm', type: 'STANDARD', creationDate: created.creationDate }],
    });
    expect(await call('ListTagsForResource', { resourceArn: ARN })).toEqual({ tags: [{ key: 'team', value: 'a' }] });
    const { executionArn } = await call('StartExecution', { stateMachineArn: ARN });
    expect(await finish(String(executionArn))).toMatchObject({ output: 1 });
  });

  test('asked the same again gives the same machine, whatever role and tags it names', async () => {
    const { call } = createTestWorld();
    const created = await call('CreateStateMachine', request(PASS));

    const again = await call('CreateStateMachine', request(PASS, { roleArn: `${ROLE_ARN}2`, tags: [] }));

    expect(again).toEqual(created);
    expect(await call('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({ roleArn: ROLE_ARN });
  });

  test.each<[object, string]>([
    [request(WAIT), 'StateMachineAlreadyExists'],
    [request(PASS, { name: 'a b' }), 'InvalidName'],
    [request(PASS, { name: 'n', roleArn: 'role' }), 'InvalidArn'],
    [request({ QueryLanguage: 'JSONata', StartAt: 'X', States: {} }, { name: 'n' }), 'InvalidDefinition'],
  ])('of %j answers %s', async (input, code) => {
    const { call } = createTestWorld();
    await call('CreateStateMachine', request(PASS));

    await expect(call('CreateStateMachine', input)).rejects.toMatchObject({ code });
  });

  test.each<[object, string]>([
    [{ type: 'EXPRESS' }, 'type EXPRESS'],
    [{ publish: true }, 'parameter publish'],
    [{ loggingConfiguration: { level: 'ALL' } }, 'loggingConfiguration.level ALL'],
    [{ tracingConfiguration: { enabled: true } }, 'tracingConfiguration.enabled'],
  ])('with %j is refused by name', async (others, feature) => {
    const { call } = createTestWorld();

    await expect(call('CreateStateMachine', request(PASS, others))).rejects.toThrow(
      new UnsupportedFeatureError('CreateStateMachine', feature),
    );
  });
});

describe('UpdateStateMachine', () => {
  test('changes what starts from now on, and nothing of what runs', async () => {
    const { call, create, finish } = createTestWorld();
    create(WAIT);
    const before = await call('StartExecution', { stateMachineArn: ARN });

    const changed = { ...WAIT, States: { ...WAIT.States, P: { Type: 'Pass', Output: 2, End: true } } };
    const updated = await call('UpdateStateMachine', { stateMachineArn: ARN, definition: JSON.stringify(changed) });
    const after = await call('StartExecution', { stateMachineArn: ARN });

    expect(updated).toEqual({ updateDate: expect.any(Number), revisionId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await call('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({
      definition: JSON.stringify(changed),
      revisionId: updated.revisionId,
    });
    expect(await finish(String(before.executionArn))).toMatchObject({ output: 1 });
    expect(await finish(String(after.executionArn))).toMatchObject({ output: 2 });
  });

  test('that changes nothing makes no new revision', async () => {
    const { call, create } = createTestWorld();
    create(PASS);
    const first = await call('UpdateStateMachine', { stateMachineArn: ARN, roleArn: `${ROLE_ARN}2` });

    const second = await call('UpdateStateMachine', { stateMachineArn: ARN, roleArn: `${ROLE_ARN}2` });

    expect(second.revisionId).toBe(first.revisionId);
  });

  test.each<[object, string]>([
    [{}, 'MissingRequiredParameter'],
    [{ definition: '{"QueryLanguage":"JSONata"}' }, 'InvalidDefinition'],
    [{ stateMachineArn: `${ARN}x`, roleArn: ROLE_ARN }, 'StateMachineDoesNotExist'],
    [{ stateMachineArn: 'm', roleArn: ROLE_ARN }, 'InvalidArn'],
  ])('with %j answers %s', async (input, code) => {
    const { call, create } = createTestWorld();
    create(PASS);

    await expect(call('UpdateStateMachine', { stateMachineArn: ARN, ...input })).rejects.toMatchObject({ code });
  });
});

describe('DeleteStateMachine', () => {
  test('ends what runs at its next transition; the machine is gone after that', async () => {
    const { call, clock, create, finish } = createTestWorld();
    create(WAIT);
    const { executionArn } = await call('StartExecution', { stateMachineArn: ARN });
    await clock.runUntil(clock.now() + 5000);

    await call('DeleteStateMachine', { stateMachineArn: ARN });

    expect(await call('DescribeStateMachine', { stateMachineArn: ARN })).toMatchObject({ status: 'DELETING' });
    const deleting = { code: 'StateMachineDeleting' };
    await expect(call('StartExecution', { stateMachineArn: ARN })).rejects.toMatchObject(deleting);
    await expect(call('CreateStateMachine', request(WAIT))).rejects.toMatchObject(deleting);
    expect(await finish(String(executionArn))).toMatchObject({
      status: 'ABORTED',
      types: ['ExecutionStarted', 'WaitStateEntered', 'WaitStateExited', 'ExecutionAborted'],
    });
    await expect(call('DescribeStateMachine', { stateMachineArn: ARN })).rejects.toMatchObject({
      code: 'StateMachineDoesNotExist',
    });
  });

  test('of one that does not exist does nothing', async () => {
    expect(await createTestWorld().call('DeleteStateMachine', { stateMachineArn: ARN })).toEqual({});
  });
});

describe('ListStateMachines', () => {
  test('gives pages, by name', async () => {
    const { call } = createTestWorld();
    for (const name of ['1', '2', '10']) await call('CreateStateMachine', request(PASS, { name }));

    const first = await call('ListStateMachines', { maxResults: 2 });
    const second = await call('ListStateMachines', { maxResults: 2, nextToken: first.nextToken });

    expect(first).toMatchObject({ stateMachines: [{ name: '1' }, { name: '10' }] });
    expect(second).toEqual({ stateMachines: [expect.objectContaining({ name: '2' })] });
  });
});

test('ListTagsForResource of a machine that does not exist answers ResourceNotFound', async () => {
  const { call } = createTestWorld();

  await expect(call('ListTagsForResource', { resourceArn: ARN })).rejects.toMatchObject({ code: 'ResourceNotFound' });
});
