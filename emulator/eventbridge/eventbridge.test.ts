import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../create-test-account.fixture.ts';

const ENTRY = { EventBusName: 'bus', Source: 'test', DetailType: 'made', Detail: '{"a":1}' };

function createBus(handler: string, props = {}) {
  const account = createTestAccount();
  const { eventbridge } = account.services;
  eventbridge.createBus('bus');
  eventbridge.putRule({ busName: 'bus', name: 'rule', eventPattern: { source: ['test'] } });
  eventbridge.putTarget(
    { busName: 'bus', name: 'rule' },
    { Id: 'target', Arn: account.createFunction(handler, props) },
  );
  return { ...account, put: (Entries: object[]) => account.call('eventbridge', 'PutEvents', { Entries }) };
}

describe('a rule', () => {
  test('invokes its target once for each matching event, with the documented shape', async () => {
    const bus = createBus('exports.handler = async (event) => { console.log(JSON.stringify(event)); };');

    await bus.put([ENTRY, { ...ENTRY, Source: 'other' }, ENTRY]);
    await bus.pass(5000);

    const events = bus.services.lambda.logsOf('tested').map((line) => JSON.parse(line));
    expect(events).toHaveLength(2);
    expect(events[0]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'made',
      source: 'test',
      account: '000000000000',
      time: '2026-01-01T00:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: { a: 1 },
    });
  });

  test('waits for a throttled target instead of dropping the event', async () => {
    const bus = createBus('exports.handler = () => new Promise((resolve) => setTimeout(resolve, 5000));', {
      reservedConcurrency: 1,
    });

    await bus.put([ENTRY, ENTRY]);
    await bus.pass(60_000);

    const [first, second] = bus.invocations;
    expect(bus.invocations).toHaveLength(2);
    expect(second?.startMs).toBeGreaterThan((first?.startMs ?? 0) + 5000);
  });

  test('has a failing function run three times: at once, after a minute, and two minutes after that', async () => {
    const bus = createBus('exports.handler = async () => { throw new Error("no"); };');

    await bus.put([ENTRY]);
    await bus.pass(3_600_000);

    const starts = bus.invocations.map(({ startMs }) => startMs);
    expect(starts).toHaveLength(3);
    expect(Math.round(((starts[1] ?? 0) - (starts[0] ?? 0)) / 60_000)).toBe(1);
    expect(Math.round(((starts[2] ?? 0) - (starts[1] ?? 0)) / 60_000)).toBe(2);
  });
});

describe('a bus', () => {
  test('goes with its rules and their targets, when its stack goes', async () => {
    const bus = createBus('exports.handler = async () => {};');
    const { eventbridge } = bus.services;

    eventbridge.deleteBus('bus');
    eventbridge.createBus('bus');
    await bus.put([ENTRY]);
    await bus.pass(60_000);

    expect(bus.invocations).toEqual([]);
  });

  test('stays when one of its rules goes with its targets', async () => {
    const bus = createBus('exports.handler = async () => {};');

    bus.services.eventbridge.deleteRule({ busName: 'bus', name: 'rule' });
    await bus.put([ENTRY]);
    await bus.pass(60_000);

    expect(bus.invocations).toEqual([]);
    expect(await bus.call('eventbridge', 'ListRules', { EventBusName: 'bus' })).toEqual({ Rules: [] });
  });

  test('refuses by name a kind of target that is not modelled', () => {
    const { eventbridge } = createBus('exports.handler = async () => {};').services;
    const Arn = 'arn:aws:sns:us-east-1:000000000000:topic';

    expect(() => eventbridge.putTarget({ busName: 'bus', name: 'rule' }, { Id: '5', Arn })).toThrow(
      'target 5: target arn:aws:sns:us-east-1:000000000000:topic is not modelled by the emulator',
    );
  });
});

describe('queues', () => {
  test('take events in their message group, and what cannot be delivered with its attributes', async () => {
    const account = createTestAccount();
    const { eventbridge } = account.services;
    const PLACE = 'us-east-1:000000000000';
    const rule = { busName: 'default', name: 'rule' };
    const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
    const { QueueUrl } = await account.call('sqs', 'CreateQueue', { QueueName: 'queue.fifo', Attributes });
    const dead = await account.call('sqs', 'CreateQueue', { QueueName: 'dead' });
    eventbridge.putRule({ ...rule, eventPattern: { source: ['test'] } });
    const Arn = `arn:aws:sqs:${PLACE}:queue.fifo`;
    eventbridge.putTarget(rule, { Id: 'queue', Arn, SqsParameters: { MessageGroupId: 'g' } });
    eventbridge.putTarget(rule, {
      Id: 'gone',
      Arn: `arn:aws:sqs:${PLACE}:gone`,
      DeadLetterConfig: { Arn: `arn:aws:sqs:${PLACE}:dead` },
    });

    await account.call('eventbridge', 'PutEvents', { Entries: [{ ...ENTRY, EventBusName: undefined }] });
    await account.pass(60_000);

    const receive = (url: unknown) =>
      account.call('sqs', 'ReceiveMessage', {
        QueueUrl: url,
        MessageSystemAttributeNames: ['MessageGroupId'],
        MessageAttributeNames: ['All'],
      });
    expect(await receive(QueueUrl)).toMatchObject({ Messages: [{ Attributes: { MessageGroupId: 'g' } }] });
    expect(await receive(dead.QueueUrl)).toMatchObject({
      Messages: [
        {
          Body: expect.stringContaining('"detail":{"a":1}'),
          MessageAttributes: {
            RULE_ARN: { StringValue: `arn:aws:events:${PLACE}:rule/rule`, DataType: 'String' },
            ERROR_CODE: { StringValue: 'NO_RESOURCE' },
          },
        },
      ],
    });
  });
});
