import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';

function createStore() {
  const account = createTestAccount();
  const ssm = (operation: string, input: object) => account.call('ssm', operation, input);
  return { ...account, ssm };
}

describe('putParameter', () => {
  test('makes a parameter, and a version of it when told to overwrite', async () => {
    const { ssm, pass } = createStore();

    const first = await ssm('PutParameter', { Name: '/a', Value: '1', Type: 'String' });
    await pass(60_000);
    const second = await ssm('PutParameter', { Name: '/a', Value: '2', Overwrite: true });

    expect([first, second]).toEqual([
      { Version: 1, Tier: 'Standard' },
      { Version: 2, Tier: 'Standard' },
    ]);
    const { Parameter } = (await ssm('GetParameter', { Name: '/a' })) as { Parameter: { LastModifiedDate: number } };
    expect(Parameter).toMatchObject({
      Name: '/a',
      Type: 'String',
      Value: '2',
      Version: 2,
      ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/a',
    });
    expect(Parameter.LastModifiedDate).toBeGreaterThanOrEqual(START_MS / 1000 + 60);
  });

  test.each([
    ['without a type', { Name: '/new', Value: '1' }, 'ValidationException'],
    ['over another without being told to', { Name: '/a', Value: '1', Type: 'String' }, 'ParameterAlreadyExists'],
    [
      'over one of another type',
      { Name: '/a', Value: '1', Type: 'SecureString', Overwrite: true },
      'HierarchyTypeMismatchException',
    ],
    ['of no value', { Name: '/new', Value: '', Type: 'String' }, 'ValidationException'],
    ['with a space in its name', { Name: '/a b', Value: '1', Type: 'String' }, 'ValidationException'],
    ['with levels but no first slash', { Name: 'a/b', Value: '1', Type: 'String' }, 'ValidationException'],
    ['under a name of AWS itself', { Name: '/aws/a', Value: '1', Type: 'String' }, 'ValidationException'],
    [
      'sixteen levels deep',
      { Name: '/a'.repeat(16), Value: '1', Type: 'String' },
      'HierarchyLevelLimitExceededException',
    ],
  ])('refuses one %s', async (_, input, code) => {
    const { ssm, services } = createStore();
    services.ssm.createParameter({ name: '/a', type: 'String', value: '0' });

    await expect(ssm('PutParameter', input)).rejects.toMatchObject({ code });

    expect(services.ssm.readParameter('/a')).toBe('0');
  });

  test.each([
    [4095, true],
    [4096, true],
    [4097, false],
  ])('takes a value of %i bytes: %s', async (bytes, isTaken) => {
    const { ssm, services } = createStore();

    await ssm('PutParameter', { Name: '/a', Value: 'x'.repeat(bytes), Type: 'String' }).catch(() => {});

    expect(services.ssm.readParameter('/a') !== undefined).toBe(isTaken);
  });
});

describe('getParameter', () => {
  test('hides a SecureString from those who do not ask for its decryption, and nothing else', async () => {
    const { ssm, services } = createStore();
    services.ssm.createParameter({ name: '/secret', type: 'SecureString', value: 'xyzzy' });
    services.ssm.createParameter({ name: '/list', type: 'StringList', value: 'a,b' });

    expect(JSON.stringify(await ssm('GetParameter', { Name: '/secret' }))).not.toContain('xyzzy');
    expect(await ssm('GetParameter', { Name: '/secret', WithDecryption: true })).toMatchObject({
      Parameter: { Value: 'xyzzy' },
    });
    expect(await ssm('GetParameter', { Name: '/list' })).toMatchObject({ Parameter: { Value: 'a,b' } });
  });

  test('says so when there is none', async () => {
    const { ssm } = createStore();

    await expect(ssm('GetParameter', { Name: '/none' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
  });

  test('refuses by name a version in the name', async () => {
    const { ssm } = createStore();

    await expect(ssm('GetParameter', { Name: '/a:2' })).rejects.toThrow(
      'ssm.GetParameter: an ARN, a version or a label in the name /a:2 is not modelled by the emulator',
    );
  });
});

describe('getParameters', () => {
  test('gives those that are there, and the names of those that are not', async () => {
    const { ssm, services } = createStore();
    services.ssm.createParameter({ name: '/a', type: 'String', value: '1' });
    services.ssm.createParameter({ name: 'b', type: 'SecureString', value: '2' });

    const answer = await ssm('GetParameters', { Names: ['/none', 'b', '/a'], WithDecryption: true });

    expect(answer).toMatchObject({
      Parameters: [
        { Name: 'b', Value: '2' },
        { Name: '/a', Value: '1' },
      ],
      InvalidParameters: ['/none'],
    });
  });

  test.each([
    [1, true],
    [10, true],
    [11, false],
  ])('takes %i names: %s', async (count, isTaken) => {
    const { ssm } = createStore();
    const Names = Array.from({ length: count }, (_, index) => `/p${index}`);

    const outcome = await ssm('GetParameters', { Names }).catch((error: unknown) => error);

    if (isTaken) expect(outcome).toMatchObject({ InvalidParameters: Names });
    else expect(outcome).toMatchObject({ code: 'ValidationException' });
  });
});

test('createParameter does not replace one', () => {
  const { services } = createStore();
  services.ssm.createParameter({ name: '/a', type: 'String', value: '1' });

  expect(() => services.ssm.createParameter({ name: '/a', type: 'String', value: '2' })).toThrow('already exists');
});

test.each([
  ['GetParameter', { Name: 'plain' }, 'ssm:GetParameter', 'parameter/plain'],
  ['GetParameter', { Name: '/a/b' }, 'ssm:GetParameter', 'parameter/a/b'],
  ['GetParameters', { Names: ['/a'] }, 'ssm:GetParameters', 'parameter/a'],
  ['PutParameter', { Name: '/a', Value: '1', Type: 'String' }, 'ssm:PutParameter', 'parameter/a'],
])('%s of %j needs %s', async (operation, input, action, resource) => {
  const { ssm, world } = createStore();
  const needs: unknown[] = [];
  world.gateway.observe((call) => needs.push(...call.needs));

  await ssm(operation, input).catch(() => {});

  expect(needs).toEqual([{ action, resource: `arn:aws:ssm:us-east-1:000000000000:${resource}` }]);
});
