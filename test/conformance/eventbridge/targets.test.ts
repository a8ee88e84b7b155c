// Rule: each matching event goes to each target in one call: under the policy of a function or a queue, as a role to streams.
// Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html

import { describe, expect, test } from 'vitest';
import { createAccountServices } from '../../../emulator/account-services.ts';
import { MetricStore } from '../../../emulator/cloudwatch/metric-store.ts';
import { createTestBus, HOUR_MS } from '../../../emulator/eventbridge/create-test-bus.fixture.ts';
import type { TargetDefinition } from '../../../emulator/eventbridge/target-definition.ts';
import { createAccessControl } from '../../../emulator/iam/access-control.ts';
import { PolicyStore } from '../../../emulator/iam/policy-store.ts';
import { createWorld } from '../../../emulator/kernel/create-world.ts';

const RoleArn = 'arn:aws:iam::000000000000:role/events';
const PLACE = 'us-east-1:000000000000';
const AS_SERVICE = {
  kind: 'service',
  service: 'events.amazonaws.com',
  sourceArn: `arn:aws:events:${PLACE}:rule/bus/rule`,
};
const AS_ROLE = { kind: 'role', roleArn: RoleArn, sessionName: 'rule' };

async function deliverTo(target: Partial<TargetDefinition>) {
  const bus = createTestBus({ target });
  await bus.put({ Detail: '{"key":"k","number":7}' });
  await bus.clock.runUntil(HOUR_MS);
  return bus.calls[0];
}

describe('an event', () => {
  test('goes to a queue as a message, under the policy of the queue', async () => {
    const call = await deliverTo({ Arn: `arn:aws:sqs:${PLACE}:queue` });

    expect(call).toMatchObject({
      service: 'sqs',
      caller: AS_SERVICE,
      input: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/queue' },
    });
    expect(JSON.parse(String(call?.input.MessageBody))).toMatchObject({ source: 'test' });
    expect(call?.input).not.toHaveProperty('MessageGroupId');
  });

  test('goes to a FIFO queue in the group that its target names', async () => {
    const call = await deliverTo({ Arn: `arn:aws:sqs:${PLACE}:queue.fifo`, SqsParameters: { MessageGroupId: 'g' } });

    expect(call?.input).toMatchObject({ MessageGroupId: 'g' });
  });

  test('goes to a function asynchronously, under the policy of the function', async () => {
    const call = await deliverTo({});

    expect(call).toMatchObject({ service: 'lambda', caller: AS_SERVICE, input: { InvocationType: 'Event' } });
  });

  test.each([
    ['$.detail.key', 'k'],
    ['$.detail.number', '7'],
    ['$.source', 'test'],
  ])('goes to a stream as its role, with the partition key at %s', async (PartitionKeyPath, key) => {
    const Arn = `arn:aws:kinesis:${PLACE}:stream/stream`;

    const call = await deliverTo({ Arn, RoleArn, KinesisParameters: { PartitionKeyPath } });

    expect(call).toMatchObject({ service: 'kinesis', caller: AS_ROLE, input: { StreamARN: Arn, PartitionKey: key } });
  });

  test.each([
    ['no path is given', undefined],
    ['the event does not have the path', { PartitionKeyPath: '$.detail.other' }],
  ])('goes to a stream with its id as the partition key when %s', async (_when, KinesisParameters) => {
    const call = await deliverTo({ Arn: `arn:aws:kinesis:${PLACE}:stream/stream`, RoleArn, KinesisParameters });

    const event = JSON.parse(Buffer.from(String(call?.input.Data), 'base64').toString());
    expect(call?.input.PartitionKey).toBe(event.id);
  });

  test('goes to a delivery stream as its role', async () => {
    const call = await deliverTo({ Arn: `arn:aws:firehose:${PLACE}:deliverystream/delivery`, RoleArn });

    expect(call).toMatchObject({
      service: 'firehose',
      caller: AS_ROLE,
      input: { DeliveryStreamName: 'delivery', Record: { Data: expect.any(String) } },
    });
  });
});

describe('a target is refused', () => {
  test.each<[string, Partial<TargetDefinition>, string]>([
    [
      'a FIFO queue without a message group',
      { Arn: `arn:aws:sqs:${PLACE}:queue.fifo` },
      'Parameter(s) SqsParameters must be specified for target: target.',
    ],
    ['a stream without a role', { Arn: `arn:aws:kinesis:${PLACE}:stream/s` }, 'RoleArn is required for target'],
    ['a delivery stream without a role', { Arn: `arn:aws:firehose:${PLACE}:deliverystream/s` }, 'RoleArn is required'],
    ['parameters of another kind', { SqsParameters: { MessageGroupId: 'g' } }, 'Parameter(s) SqsParameters not valid'],
    [
      'a FIFO queue for dead letters',
      { DeadLetterConfig: { Arn: `arn:aws:sqs:${PLACE}:dead.fifo` } },
      'must be the ARN of a standard queue',
    ],
  ])('%s', (_what, target, message) => {
    expect(() => createTestBus({ target })).toThrow(
      expect.objectContaining({ code: 'ValidationException', message: expect.stringContaining(message) }),
    );
  });
});

describe('permission', () => {
  const QUEUE_ARN = `arn:aws:sqs:${PLACE}:queue`;
  const STREAM_ARN = `arn:aws:kinesis:${PLACE}:stream/stream`;
  const allow = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const POLICY = {
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: QUEUE_ARN,
    Condition: { ArnEquals: { 'aws:SourceArn': AS_SERVICE.sourceArn } },
  };

  async function countDelivered(target: Partial<TargetDefinition>, grant: (policies: PolicyStore) => void) {
    const place = { region: 'us-east-1', accountId: '000000000000' };
    const policies = new PolicyStore(place);
    const access = createAccessControl(policies);
    const metrics: string[] = [];
    const world = createWorld({
      seed: 1,
      startMs: 0,
      ...place,
      access,
      metrics: (clock, latency) => new MetricStore(clock, latency),
    });
    const { record } = world.metrics;
    world.metrics.record = (datum) => {
      metrics.push(datum.metricName);
      record.call(world.metrics, datum);
    };
    const { eventbridge, sqs, kinesis } = createAccountServices(world, () => ({}));
    sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 30 });
    kinesis.createStream({ name: 'stream', shardCount: 1 });
    grant(policies);
    eventbridge.createBus('bus');
    eventbridge.putRule({ busName: 'bus', name: 'rule', eventPattern: { source: ['test'] } });
    eventbridge.putTarget({ busName: 'bus', name: 'rule' }, { Id: 'target', Arn: QUEUE_ARN, ...target });
    const Entries = [{ EventBusName: 'bus', Source: 'test', DetailType: 'made', Detail: '{}' }];
    const caller = { kind: 'root' } as const;
    await world.clock.runUntilSettled(
      world.gateway.call({ service: 'eventbridge', operation: 'PutEvents', input: { Entries }, caller }),
    );
    await world.clock.runUntil(HOUR_MS);
    const count = (name: string) => metrics.filter((metric) => metric === name).length;
    return {
      taken: count('NumberOfMessagesSent') + count('IncomingRecords'),
      failed: count('FailedInvocations'),
      retries: count('RetryInvocationAttempts'),
    };
  }

  const createRole = (policies: PolicyStore, document: object) =>
    policies.createRole({
      roleName: 'events',
      trustPolicy: allow({ Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      inlinePolicies: [{ policyName: 'put', document }],
    });

  test.each<[string, Partial<TargetDefinition>, (policies: PolicyStore) => void, boolean]>([
    ['the queue lets the rule in', {}, (policies) => policies.addResourcePolicy(QUEUE_ARN, allow(POLICY)), true],
    [
      'the queue lets another rule in',
      {},
      (policies) =>
        policies.addResourcePolicy(
          QUEUE_ARN,
          allow({ ...POLICY, Condition: { ArnEquals: { 'aws:SourceArn': `${AS_SERVICE.sourceArn}-2` } } }),
        ),
      false,
    ],
    ['the queue has no policy', {}, () => {}, false],
    [
      'the role may put records',
      { Arn: STREAM_ARN, RoleArn },
      (policies) => createRole(policies, allow({ Action: 'kinesis:PutRecord', Resource: STREAM_ARN })),
      true,
    ],
    [
      'the role may do something else',
      { Arn: STREAM_ARN, RoleArn },
      (policies) => createRole(policies, allow({ Action: 'kinesis:GetRecords', Resource: STREAM_ARN })),
      false,
    ],
    ['there is no such role', { Arn: STREAM_ARN, RoleArn }, () => {}, false],
  ])('when %s', async (_when, target, grant, isTaken) => {
    const counted = await countDelivered(target, grant);

    expect(counted).toEqual({ taken: isTaken ? 1 : 0, failed: isTaken ? 0 : 1, retries: 0 });
  });
});
