// Rule: PutEvents takes up to ten entries of less than 1 MB together, answers each by itself, and drops what is for a bus that
//   is not there.
// Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';

const ENTRY = { EventBusName: 'bus', Source: 'test', DetailType: 'made', Detail: '{"a":1}' };

function createBus(handler: string) {
  const account = createTestAccount();
  const { eventbridge } = account.services;
  eventbridge.createBus('bus');
  eventbridge.putRule({ busName: 'bus', name: 'rule', eventPattern: { source: ['test'] } });
  eventbridge.putTarget({ busName: 'bus', name: 'rule' }, { Id: 'target', Arn: account.createFunction(handler) });
  return { ...account, put: (Entries: object[]) => account.call('eventbridge', 'PutEvents', { Entries }) };
}

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
