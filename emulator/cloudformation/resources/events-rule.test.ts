import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../create-test-account.fixture.ts';
import { PolicyStore } from '../../iam/policy-store.ts';
import type { ProvisionContext } from '../resource-type.ts';
import { createRuleType } from './events-rule.ts';

const ROLE_ARN = 'arn:aws:iam::000000000000:role/events';
const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';
const STREAM_TARGET = { Id: 'stream', Arn: STREAM_ARN, RoleArn: ROLE_ARN };
const QUEUE_TARGET = {
  Id: 'queue',
  Arn: 'arn:aws:sqs:us-east-1:000000000000:queue',
  InputTransformer: { InputPathsMap: { a: '$.detail.a' }, InputTemplate: '{"a": <a>}' },
  RetryPolicy: { MaximumRetryAttempts: '2' },
};
const EventPattern = { source: ['test'] };

async function provision(properties: object, trusted = 'events.amazonaws.com') {
  const account = createTestAccount();
  const place = { region: 'us-east-1', accountId: '000000000000' };
  const policies = new PolicyStore(place);
  policies.createRole({
    roleName: 'events',
    trustPolicy: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: trusted } }] },
  });
  const context: ProvisionContext = {
    ...place,
    stackName: 'stack',
    logicalId: 'Rule',
    createName: () => 'made-up',
    findAssetFolder: () => '',
  };
  account.services.eventbridge.createBus('bus');
  const type = createRuleType(account.services.eventbridge, policies);
  return { ...account, resource: await type.provision({ EventPattern, ...properties }, context) };
}

describe('AWS::Events::Rule', () => {
  test.each([
    ['the default bus', {}, 'made-up', 'rule/made-up'],
    ['a custom bus', { EventBusName: 'bus', Name: 'named' }, 'bus|named', 'rule/bus/named'],
  ])('on %s is referred to as CloudFormation does', async (_where, properties, reference, path) => {
    const { resource } = await provision(properties);

    expect(resource).toMatchObject({ reference, attributes: { Arn: `arn:aws:events:us-east-1:000000000000:${path}` } });
  });

  test('has the state, the description and the targets of its template', async () => {
    const { call } = await provision({
      State: 'DISABLED',
      Description: 'd',
      Targets: [QUEUE_TARGET, STREAM_TARGET],
    });

    expect(await call('eventbridge', 'DescribeRule', { Name: 'made-up' })).toMatchObject({
      EventPattern: '{"source":["test"]}',
      State: 'DISABLED',
      Description: 'd',
    });
    expect(await call('eventbridge', 'ListTargetsByRule', { Rule: 'made-up' })).toEqual({
      Targets: [{ ...QUEUE_TARGET, RetryPolicy: { MaximumRetryAttempts: 2 } }, STREAM_TARGET],
    });
  });

  test('is refused when EventBridge may not assume the role of a target', async () => {
    await expect(provision({ Targets: [STREAM_TARGET] }, 'lambda.amazonaws.com')).rejects.toMatchObject({
      code: 'ValidationException',
      message: `Provided role '${ROLE_ARN}' cannot be assumed by principal 'events.amazonaws.com'.`,
    });
  });
});
