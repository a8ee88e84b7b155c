// Rule: names consist of letters, digits and _.-/, begin with a slash when they hold one, and keep clear of AWS's own.
// Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html

import { expect, test } from 'vitest';
import { createTestStore } from '../../../emulator/ssm/create-test-store.fixture.ts';

const ARN_LENGTH = 'arn:aws:ssm:us-east-1:000000000000:parameter'.length;

test.each([
  ['a', undefined],
  ['/a', undefined],
  ['/a.b-c_D/1', undefined],
  ['/a b', 'ValidationException'],
  ['/a:b', 'ValidationException'],
  ['a/b', 'ValidationException'],
  ['/a//b', 'ValidationException'],
  ['/a/', 'ValidationException'],
  ['aws-a', 'ValidationException'],
  ['SSM', 'ValidationException'],
  ['/ssm/a', 'ValidationException'],
  ['/aws/a', 'AccessDeniedException'],
  ['/a'.repeat(15), undefined],
  ['/a'.repeat(16), 'HierarchyLevelLimitExceededException'],
  [`/${'a'.repeat(1010 - ARN_LENGTH)}`, undefined],
  [`/${'a'.repeat(1011 - ARN_LENGTH)}`, 'ValidationException'],
])('%s is refused with %s', async (name, code) => {
  const { put } = createTestStore();

  const refused = await put(name).then(
    () => undefined,
    (error: { code: string }) => error.code,
  );

  expect(refused).toBe(code);
});
