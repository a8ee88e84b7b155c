// Rule: GetSessionToken gives the account's owner temporary credentials of at most an hour, and sessions none.
// Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html

import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { createTestSts } from '../../../emulator/sts/create-test-sts.fixture.ts';

describe('GetSessionToken', () => {
  test('gives the account’s owner temporary credentials', async () => {
    const { owner, createClient, run } = createTestSts();

    const { Credentials } = await run(owner.send(new GetSessionTokenCommand({ DurationSeconds: 43_200 })));
    const identity = await run(createClient(Credentials).send(new GetCallerIdentityCommand({})));

    expect(identity.Arn).toBe('arn:aws:iam::000000000000:root');
    expect(Credentials?.Expiration?.getTime()).toBeLessThan(Date.UTC(2026, 0, 1, 1, 0, 5));
  });

  test('refuses a role’s session', async () => {
    const { administrator, run } = createTestSts();

    await expect(run(administrator.send(new GetSessionTokenCommand({})))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Cannot call GetSessionToken with session credentials',
    });
  });
});
