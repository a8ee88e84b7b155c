// Rule: a SecureString is shown decrypted only to those who ask for its decryption.
// Source: https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html

import { expect, test } from 'vitest';
import { createTestStore } from '../../../emulator/ssm/create-test-store.fixture.ts';

test.each([
  ['GetParameter', { Name: '/p/secret' }],
  ['GetParameters', { Names: ['/p/secret'] }],
  ['GetParametersByPath', { Path: '/p' }],
  ['GetParameterHistory', { Name: '/p/secret' }],
])('%s shows one with WithDecryption alone', async (operation, input) => {
  const { call, put } = createTestStore();
  await put('/p/secret', 'xyzzy', 'SecureString');

  const shown = await Promise.all(
    [{}, { WithDecryption: false }, { WithDecryption: true }].map((more) => call(operation, { ...input, ...more })),
  );

  expect(shown.map((answer) => JSON.stringify(answer).includes('"xyzzy"'))).toEqual([false, false, true]);
});

test.each(['String', 'StringList'] as const)('a %s is shown to everybody', async (type) => {
  const { call, put } = createTestStore();
  await put('/list', 'a,b', type);

  expect(await call('GetParameter', { Name: '/list' })).toMatchObject({ Parameter: { Value: 'a,b' } });
});

test('DescribeParameters tells the key, and never the value', async () => {
  const { call, put } = createTestStore();
  await put('/secret', 'xyzzy', 'SecureString');

  const answer = await call('DescribeParameters', {});

  expect(answer).toMatchObject({ Parameters: [{ Name: '/secret', KeyId: 'alias/aws/ssm' }] });
  expect(JSON.stringify(answer)).not.toContain('Value');
});
