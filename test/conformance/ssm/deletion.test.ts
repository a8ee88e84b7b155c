// Rule: deleting a parameter deletes all of its versions; DeleteParameters says of each name whether there was one.
// Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html

import { expect, test } from 'vitest';
import { createTestStore } from '../../../emulator/ssm/create-test-store.fixture.ts';

test('a deleted parameter is gone with its versions, and its name is free', async () => {
  const { call, put } = createTestStore();
  await put('/a', '1');
  await put('/a', '2');

  expect(await call('DeleteParameter', { Name: '/a' })).toEqual({});

  await expect(call('GetParameter', { Name: '/a:1' })).rejects.toMatchObject({ code: 'ParameterNotFound' });
  expect(await call('PutParameter', { Name: '/a', Value: 'x', Type: 'StringList' })).toMatchObject({ Version: 1 });
});

test('one that is not there cannot be deleted', async () => {
  await expect(createTestStore().call('DeleteParameter', { Name: '/none' })).rejects.toMatchObject({
    code: 'ParameterNotFound',
  });
});

test('DeleteParameters deletes those that are there', async () => {
  const { call, put, listNames } = createTestStore();
  for (const name of ['/a', '/b', '/c']) await put(name);

  expect(await call('DeleteParameters', { Names: ['/b', '/none', '/a'] })).toEqual({
    DeletedParameters: ['/b', '/a'],
    InvalidParameters: ['/none'],
  });
  expect(await listNames('DescribeParameters', {})).toEqual(['/c']);
});

test('DeleteParameters takes ten names at most', async () => {
  const Names = Array.from({ length: 11 }, (_, index) => `/p${index}`);

  await expect(createTestStore().call('DeleteParameters', { Names })).rejects.toMatchObject({
    code: 'ValidationException',
  });
});
