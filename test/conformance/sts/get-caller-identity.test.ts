// Rule: GetCallerIdentity tells anybody the account, the id and the ARN of the credentials in use.
// Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html

import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { createTestSts } from '../../../emulator/sts/create-test-sts.fixture.ts';

describe('GetCallerIdentity', () => {
  test('names the account’s owner', async () => {
    const { owner, run } = createTestSts();

    expect(await run(owner.send(new GetCallerIdentityCommand({})))).toMatchObject({
      Account: '000000000000',
      UserId: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
  });

  test('names a role’s session', async () => {
    const { administrator, run } = createTestSts();

    expect(await run(administrator.send(new GetCallerIdentityCommand({})))).toMatchObject({
      Account: '000000000000',
      UserId: expect.stringMatching(/^AROA[0-9A-Z]{17}:administrator$/),
      Arn: 'arn:aws:sts::000000000000:assumed-role/Administrator/administrator',
    });
  });

  test('does not know a key that is nobody’s', async () => {
    const { createClient, run } = createTestSts();
    const stranger = createClient({ AccessKeyId: 'AKIASTRANGER', SecretAccessKey: 'secret' });

    await expect(run(stranger.send(new GetCallerIdentityCommand({})))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    });
  });
});
