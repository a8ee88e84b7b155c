// Rule: PutParameter makes a parameter, or with Overwrite another version of it; GetParameter and GetParameters give it.
// Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html

import { describe, expect, test } from 'vitest';
import { START_MS } from '../../../emulator/create-test-account.fixture.ts';
import { createTestStore } from '../../../emulator/ssm/create-test-store.fixture.ts';

describe('a parameter', () => {
  test('is made, and has another version when it is overwritten', async () => {
    const { call, pass } = createTestStore();

    const first = await call('PutParameter', { Name: '/a', Value: '1', Type: 'String' });
    await pass(60_000);
    const second = await call('PutParameter', { Name: '/a', Value: '2', Overwrite: true });

    expect([first, second]).toEqual([
      { Version: 1, Tier: 'Standard' },
      { Version: 2, Tier: 'Standard' },
    ]);
    const { Parameter } = await call('GetParameter', { Name: '/a' });
    expect(Parameter).toEqual({
      Name: '/a',
      Type: 'String',
      Value: '2',
      Version: 2,
      LastModifiedDate: expect.any(Number),
      ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/a',
      DataType: 'text',
    });
    expect(Reflect.get(Object(Parameter), 'LastModifiedDate')).toBeGreaterThanOrEqual(START_MS / 1000 + 60);
  });

  test.each([
    [
      'without a type',
      { Name: '/new', Value: '1' },
      'ValidationException',
      'A parameter type is required when you create a parameter.',
    ],
    [
      'over another without being told to',
      { Name: '/a', Value: '1', Type: 'String' },
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    ],
    [
      'over one of another type',
      { Name: '/a', Value: '1', Type: 'SecureString', Overwrite: true },
      'HierarchyTypeMismatchException',
      "Parameter Store doesn't support changing a parameter's type",
    ],
    ['of no value', { Name: '/new', Value: '', Type: 'String' }, 'ValidationException', 'Value'],
    ['of an unknown type', { Name: '/new', Value: '1', Type: 'Number' }, 'ValidationException', 'Type'],
  ])('%s is refused', async (_, input, code, message) => {
    const { call, put } = createTestStore();
    await put('/a', '0');

    await expect(call('PutParameter', input)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });

    expect(await call('GetParameter', { Name: '/a' })).toMatchObject({ Parameter: { Value: '0', Version: 1 } });
  });

  test.each([
    [{ Policies: '[]' }, 'parameter Policies'],
    [{ Tags: [] }, 'parameter Tags'],
    [{ AllowedPattern: '.*' }, 'parameter AllowedPattern'],
    [{ KeyId: 'alias/mine' }, 'KeyId alias/mine'],
    [{ DataType: 'aws:ec2:image' }, 'DataType aws:ec2:image'],
  ])('with %j is refused by name', async (more, feature) => {
    const { call } = createTestStore();

    await expect(call('PutParameter', { Name: '/a', Value: '1', Type: 'String', ...more })).rejects.toThrow(
      `${feature} is not modelled by the emulator`,
    );
  });

  test('that is not there is not found', async () => {
    await expect(createTestStore().call('GetParameter', { Name: '/none' })).rejects.toMatchObject({
      code: 'ParameterNotFound',
      message: 'Parameter /none not found.',
    });
  });

  test('is found by its ARN, whether or not its name begins with a slash', async () => {
    const { call, put } = createTestStore();
    await put('/a/b');
    await put('plain');

    for (const name of ['/a/b', 'plain']) {
      const arn = `arn:aws:ssm:us-east-1:000000000000:parameter/${name.replace(/^\//, '')}`;
      expect(await call('GetParameter', { Name: arn })).toMatchObject({ Parameter: { Name: name, ARN: arn } });
    }
    await expect(call('GetParameter', { Name: 'arn:aws:ssm:us-east-1:111111111111:parameter/a' })).rejects.toThrow(
      'a parameter shared as arn:aws:ssm:us-east-1:111111111111:parameter/a is not modelled by the emulator',
    );
  });
});

describe('GetParameters', () => {
  test('gives those that are there, and the names of those that are not', async () => {
    const { call, put } = createTestStore();
    await put('/a', '1');
    await put('b', '2', 'SecureString');

    const answer = await call('GetParameters', { Names: ['/none', 'b', '/a', '/a:7'], WithDecryption: true });

    expect(answer).toMatchObject({
      Parameters: [
        { Name: 'b', Value: '2' },
        { Name: '/a', Value: '1' },
      ],
      InvalidParameters: ['/none', '/a:7'],
    });
  });

  test.each([
    [1, true],
    [10, true],
    [11, false],
  ])('takes %i names: %s', async (count, isTaken) => {
    const Names = Array.from({ length: count }, (_, index) => `/p${index}`);

    const outcome = await createTestStore()
      .call('GetParameters', { Names })
      .catch((error: unknown) => error);

    expect(outcome).toMatchObject(isTaken ? { InvalidParameters: Names } : { code: 'ValidationException' });
  });
});
