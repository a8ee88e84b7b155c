// Rule: temporary credentials tell when they expire: as long after their issue as was asked for.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html

import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { createTestSts } from '../../../emulator/sts/create-test-sts.fixture.ts';

const ISSUED_MS_MAX = Date.UTC(2026, 0, 1) + 5000;

test.each([900, 1800, 3600])('credentials for %i seconds expire by then', async (DurationSeconds) => {
  const { owner, run } = createTestSts();

  const { Credentials } = await run(owner.send(new GetSessionTokenCommand({ DurationSeconds })));

  const expiresMs = Credentials?.Expiration?.getTime() ?? 0;
  expect(expiresMs).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1) + DurationSeconds * 1000);
  expect(expiresMs).toBeLessThan(ISSUED_MS_MAX + DurationSeconds * 1000);
});
