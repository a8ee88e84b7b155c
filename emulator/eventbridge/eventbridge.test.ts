import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../create-test-account.fixture.ts';

const ENTRY = { EventBusName: 'bus', Source: 'test', DetailType: 'made', Detail: '{"a":1}' };

function createBus(handler: string, retryPolicy = {}, props = {}) {
  const account = createTestAccount();
  const { eventbridge } = account.services;
  eventbridge.createBus('bus');
  const { ruleArn } = eventbridge.putRule({ busName: 'bus', name: 'rule', eventPattern: { source: ['test'] } });
  eventbridge.putTarget(ruleArn, { id: 'target', arn: account.createFunction(handler, props), retryPolicy });
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
    const bus = createBus(
      'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 5000));',
      {},
      { reservedConcurrency: 1 },
    );

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

describe('putEvents', () => {
  test('refuses a bad entry alone', async () => {
    const { put } = createBus('exports.handler = async () => {};');

    const answer = await put([ENTRY, { ...ENTRY, Detail: '[1' }, { ...ENTRY, Source: undefined }]);

    expect(answer).toMatchObject({
      FailedEntryCount: 2,
      Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }, { ErrorCode: 'InvalidArgument' }],
    });
  });

  test.each([
    [10, true],
    [11, false],
  ])('with %i entries is taken: %s', async (count, isTaken) => {
    const put = createBus('exports.handler = async () => {};').put(Array.from({ length: count }, () => ENTRY));

    await (isTaken
      ? expect(put).resolves.toBeDefined()
      : expect(put).rejects.toMatchObject({ code: 'ValidationException' }));
  });

  test('refuses a request of 1 MB', async () => {
    const Detail = JSON.stringify({ text: 'x'.repeat(1024 * 1024) });

    await expect(createBus('exports.handler = async () => {};').put([{ ...ENTRY, Detail }])).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });
});
