import { describe, expect, test } from 'vitest';
import { createTestBus, HOUR_MS } from './create-test-bus.fixture.ts';
import type { TargetDefinition } from './target-definition.ts';

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
      input: { QueueUrl: 'https://sqs.us-east-1.emulator.invalid/000000000000/queue' },
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
