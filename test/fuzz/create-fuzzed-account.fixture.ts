// An account with one of everything, for requests that make no sense.

import { createTestAccount } from '../../emulator/create-test-account.fixture.ts';
import { createHttpFront } from '../../emulator/wire/http-front.ts';

export function createFuzzedAccount() {
  const account = createTestAccount();
  const { services, world } = account;
  services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 30 });
  services.kinesis.createStream({ name: 'stream', shardCount: 2 });
  services.s3.createBucket('bucket');
  services.ssm.createParameter({ name: '/parameter', type: 'String', value: 'value' });
  services.sfn.createStateMachine({
    name: 'machine',
    definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'End', States: { End: { Type: 'Succeed' } } }),
    roleArn: 'arn:aws:iam::000000000000:role/test',
    type: 'STANDARD',
  });
  account.createFunction('exports.handler = async (event) => event;');
  const front = createHttpFront({
    gateway: world.gateway,
    region: 'us-east-1',
    findPrincipal: () => ({ kind: 'root' }),
  });
  return { ...account, front };
}
