// Rule: whoever hands a service a role must be allowed iam:PassRole on that role.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html

import { expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';
import { mayByIdentity, ROLE_ARN } from '../../../emulator/iam/create-test-policies.fixture.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';
const PASS = { action: 'iam:PassRole', resource: ROLE_ARN, keys: { 'iam:passedtoservice': 'firehose.amazonaws.com' } };
const processedBy = (role: object) => ({
  ProcessingConfiguration: {
    Enabled: true,
    Processors: [{ Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: 'arn' }, role] }],
  },
});

test.each([
  [{ Prefix: 'x/' }, []],
  [{ RoleARN: ROLE_ARN }, [PASS]],
  [processedBy({ ParameterName: 'NumberOfRetries', ParameterValue: '1' }), []],
  [processedBy({ ParameterName: 'RoleArn', ParameterValue: ROLE_ARN }), [PASS]],
])('UpdateDestination with %j needs to pass %j', async (ExtendedS3DestinationUpdate, expected) => {
  const { world, call } = createTestAccount();
  const needs: unknown[] = [];
  world.gateway.observe((observed) => needs.push(...observed.needs));
  const ids = {
    DeliveryStreamName: 'none',
    CurrentDeliveryStreamVersionId: '1',
    DestinationId: 'destinationId-000000000001',
  };

  await call('firehose', 'UpdateDestination', { ...ids, ExtendedS3DestinationUpdate }).catch(() => {});

  expect(needs.slice(1)).toEqual(expected);
});

test.each([
  ['CreateStateMachine', { name: 'machine', definition: '{}', roleArn: ROLE_ARN }, 1],
  ['UpdateStateMachine', { stateMachineArn: MACHINE, roleArn: ROLE_ARN }, 1],
  ['UpdateStateMachine', { stateMachineArn: MACHINE, definition: '{}' }, 0],
])('%s with %j needs to pass %i roles to Step Functions', async (operation, input, count) => {
  const { world, call } = createTestAccount();
  const needs: unknown[] = [];
  world.gateway.observe((observed) => needs.push(...observed.needs));

  await call('sfn', operation, input).catch(() => {});

  const need = { ...PASS, keys: { 'iam:passedtoservice': 'states.amazonaws.com' } };
  expect(needs.slice(1)).toEqual(Array(count).fill(need));
});

test('CreateDeliveryStream and PutTargets need to pass the roles that they name', async () => {
  const { world, call } = createTestAccount();
  const needs: unknown[] = [];
  world.gateway.observe((observed) => needs.push(...observed.needs));
  const target = { Id: 'a', Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/stream', RoleArn: ROLE_ARN };

  await call('firehose', 'CreateDeliveryStream', {
    DeliveryStreamName: 'stream',
    ExtendedS3DestinationConfiguration: { RoleARN: ROLE_ARN, BucketARN: 'arn:aws:s3:::bucket' },
  }).catch(() => {});
  await call('eventbridge', 'PutTargets', { Rule: 'none', Targets: [target, { ...target, Id: 'b' }] }).catch(() => {});

  expect(needs).toEqual([
    expect.objectContaining({ action: 'firehose:CreateDeliveryStream' }),
    PASS,
    expect.objectContaining({ action: 'events:PutTargets' }),
    { ...PASS, keys: { 'iam:passedtoservice': 'events.amazonaws.com' } },
  ]);
});

test.each([
  ['firehose.amazonaws.com', true],
  ['lambda.amazonaws.com', false],
])('an allowance to pass a role to %s lets Firehose have it: %s', (service, expected) => {
  const Condition = { StringEquals: { 'iam:PassedToService': service } };

  expect(mayByIdentity({ Action: 'iam:PassRole', Resource: ROLE_ARN, Condition }, PASS)).toBe(expected);
});
