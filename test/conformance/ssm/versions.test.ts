// Rule: the 100 most recent versions are kept; name:version asks for one, and GetParameterHistory lists them.
// Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html

import { describe, expect, test } from 'vitest';
import { createTestStore } from '../../../emulator/ssm/create-test-store.fixture.ts';

async function createVersions(count: number) {
  const store = createTestStore();
  for (let version = 1; version <= count; version++) await store.put('/a', String(version));
  return store;
}

describe('a version', () => {
  test('is given when it is asked for, with the selector that asked', async () => {
    const { call } = await createVersions(3);

    expect(await call('GetParameter', { Name: '/a:2' })).toMatchObject({
      Parameter: { Name: '/a', Value: '2', Version: 2, Selector: ':2' },
    });
    expect(await call('GetParameters', { Names: ['/a:1', '/a'] })).toMatchObject({
      Parameters: [
        { Value: '1', Version: 1, Selector: ':1' },
        { Value: '3', Version: 3 },
      ],
    });
  });

  test.each([
    [
      '/a:4',
      'ParameterVersionNotFound',
      'Systems Manager could not find version 4 of /a. Verify the version and try again.',
    ],
    ['/a:1:2', 'ParameterNotFound', 'Parameter /a:1:2 not found.'],
    ['/b:1', 'ParameterNotFound', 'Parameter /b:1 not found.'],
  ])('%s is not found', async (Name, code, message) => {
    const { call } = await createVersions(2);

    await expect(call('GetParameter', { Name })).rejects.toMatchObject({ code, message });
  });

  test('with a label is refused by name', async () => {
    const { call } = await createVersions(1);

    await expect(call('GetParameter', { Name: '/a:prod' })).rejects.toThrow(
      'ssm.GetParameter: the label prod in the name /a:prod is not modelled by the emulator',
    );
  });

  test('goes when a hundred newer ones are there', async () => {
    const { call } = await createVersions(101);

    expect(await call('GetParameter', { Name: '/a:2' })).toMatchObject({ Parameter: { Value: '2' } });
    await expect(call('GetParameter', { Name: '/a:1' })).rejects.toMatchObject({ code: 'ParameterVersionNotFound' });
  });
});

describe('the history', () => {
  test('tells of each version, with who put it', async () => {
    const { call } = createTestStore();
    await call('PutParameter', { Name: '/a', Value: 'a,b', Type: 'StringList', Description: 'letters' });
    await call('PutParameter', { Name: '/a', Value: 'c', Overwrite: true });

    const common = {
      Name: '/a',
      Type: 'StringList',
      LastModifiedDate: expect.any(Number),
      LastModifiedUser: 'arn:aws:iam::000000000000:root',
      Description: 'letters',
      Tier: 'Standard',
      Policies: [],
      Labels: [],
      DataType: 'text',
    };
    expect(await call('GetParameterHistory', { Name: '/a' })).toEqual({
      Parameters: [
        { ...common, Version: 1, Value: 'a,b' },
        { ...common, Version: 2, Value: 'c' },
      ],
    });
  });

  test('comes in pages', async () => {
    const { listPages } = await createVersions(5);

    const pages = await listPages('GetParameterHistory', { Name: '/a', MaxResults: 2 });

    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
  });
});
