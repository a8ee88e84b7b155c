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

describe('putEvents', () => {
  test('refuses a bad entry alone', async () => {
    const { put } = createBus('exports.handler = async () => {};');

    const answer = await put([
      ENTRY,
      { ...ENTRY, Detail: '[1' },
      { ...ENTRY, Source: undefined },
      { ...ENTRY, DetailType: '' },
      { ...ENTRY, Source: 'aws.sqs' },
    ]);

    expect(answer).toMatchObject({
      FailedEntryCount: 4,
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode: 'MalformedDetail' },
        {
          ErrorCode: 'InvalidArgument',
          ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
        },
        { ErrorCode: 'InvalidArgument' },
        { ErrorCode: 'NotAuthorizedForSourceException' },
      ],
    });
  });

  test('drops events for a bus that does not exist without a word', async () => {
    const bus = createBus('exports.handler = async () => {};');

    const answer = await bus.put([{ ...ENTRY, EventBusName: 'other' }]);
    await bus.pass(60_000);

    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
    expect(bus.invocations).toEqual([]);
  });

  test('takes the time of an event from its entry, cut to the second', async () => {
    const bus = createBus('exports.handler = async ({ time }) => { console.log(time); };');

    await bus.put([{ ...ENTRY, Time: Date.UTC(2025, 5, 1, 12, 30, 15, 900) / 1000 }]);
    await bus.pass(5000);

    expect(bus.services.lambda.logsOf('tested')).toEqual(['2025-06-01T12:30:15Z']);
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

  // Source, detail type and detail in UTF-8, each resource, and 14 bytes for a time.
  const COUNTED_BYTES = ENTRY.Source.length + ENTRY.DetailType.length;
  const LIMIT_BYTES = 1024 * 1024;
  const detailOf = (bytes: number) => JSON.stringify({ t: 'x'.repeat(bytes - '{"t":""}'.length) });

  test.each([
    ['one byte below 1 MB', { Detail: detailOf(LIMIT_BYTES - COUNTED_BYTES - 1) }, true],
    ['1 MB', { Detail: detailOf(LIMIT_BYTES - COUNTED_BYTES) }, false],
    ['a time that makes it 1 MB', { Detail: detailOf(LIMIT_BYTES - COUNTED_BYTES - 14), Time: 0 }, false],
    ['a resource that makes it 1 MB', { Detail: detailOf(LIMIT_BYTES - COUNTED_BYTES - 3), Resources: ['abc'] }, false],
    ['two-byte letters that make it 1 MB', { Detail: `{"t":"${'ü'.repeat(LIMIT_BYTES / 2)}"}` }, false],
  ])('with %s is taken: %s', async (_what, entry, isTaken) => {
    const put = createBus('exports.handler = async () => {};').put([{ ...ENTRY, ...entry }]);

    await (isTaken
      ? expect(put).resolves.toMatchObject({ FailedEntryCount: 0 })
      : expect(put).rejects.toMatchObject({ code: 'ValidationException' }));
  });
});

describe('a bus', () => {
  test('keeps a disabled rule quiet until it is enabled', async () => {
    const bus = createBus('exports.handler = async () => {};');
    const rule = { busName: 'bus', name: 'rule', eventPattern: { source: ['test'] } };

    bus.services.eventbridge.putRule({ ...rule, state: 'DISABLED' });
    await bus.put([ENTRY]);
    await bus.pass(60_000);
    const whileDisabled = bus.invocations.length;
    bus.services.eventbridge.putRule({ ...rule, state: 'ENABLED' });
    await bus.put([ENTRY]);
    await bus.pass(60_000);

    expect(whileDisabled).toBe(0);
    expect(bus.invocations).toHaveLength(1);
  });

  test('gives a rule five targets at most, and refuses by name a kind of target that is not modelled', () => {
    const { eventbridge } = createBus('exports.handler = async () => {};').services;
    const rule = { busName: 'bus', name: 'rule' };
    const Arn = 'arn:aws:lambda:us-east-1:000000000000:function:other';
    for (let index = 2; index <= 5; index++) eventbridge.putTarget(rule, { Id: String(index), Arn });

    eventbridge.putTarget(rule, { Id: '5', Arn });

    expect(() => eventbridge.putTarget(rule, { Id: '6', Arn })).toThrow(
      'The requested resource exceeds the maximum number allowed.',
    );
    expect(() => eventbridge.putTarget(rule, { Id: '5', Arn: 'arn:aws:sns:us-east-1:000000000000:topic' })).toThrow(
      'target 5: target arn:aws:sns:us-east-1:000000000000:topic is not modelled by the emulator',
    );
  });

  test('is made once', () => {
    const { eventbridge } = createBus('exports.handler = async () => {};').services;

    expect(() => eventbridge.createBus('bus')).toThrow('Event bus bus already exists.');
  });
});
