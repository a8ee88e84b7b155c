// An emulated account with roles of the tester's choice, and STS clients of any of its credentials.

import { STSClient } from '@aws-sdk/client-sts';
import { createEmulator } from '../emulator.ts';

const ACCOUNT_ID = '000000000000';
const BOOTSTRAP_ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/cdk-hnb659fds-deploy-role-${ACCOUNT_ID}-us-east-1`;

export function createTestSts() {
  const emulator = createEmulator({ seed: 1, startMs: Date.UTC(2026, 0, 1) });
  const administrator = emulator.administratorClientConfig();
  return {
    emulator,
    deployRoleArn: BOOTSTRAP_ROLE,
    owner: new STSClient(emulator.clientConfig()),
    administrator: new STSClient(administrator),
    createClient: (credentials: { AccessKeyId?: string; SecretAccessKey?: string; SessionToken?: string } = {}) =>
      new STSClient({
        ...administrator,
        credentials: {
          accessKeyId: credentials.AccessKeyId ?? '',
          secretAccessKey: credentials.SecretAccessKey ?? '',
          sessionToken: credentials.SessionToken ?? '',
        },
      }),
    run: <T>(promise: Promise<T>) => emulator.runUntilSettled(promise),
  };
}
