// Rule: a batch of events is in order of time, spans a day and takes 1,048,576 bytes, 26 more for each event; what is too old or
//   too new is left out, and said to be.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html

import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../../emulator/create-test-account.fixture.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function createStream() {
  const { call } = createTestAccount();
  const stream = { logGroupName: 'g', logStreamName: 's' };
  await call('logs', 'CreateLogGroup', { logGroupName: 'g' });
  await call('logs', 'CreateLogStream', stream);
  const put = (logEvents: { timestamp: number; message: string }[]) =>
    call('logs', 'PutLogEvents', { ...stream, logEvents });
  const read = async () => {
    const { events } = await call('logs', 'GetLogEvents', stream);
    return (events as { message: string }[]).map(({ message }) => message);
  };
  return { put, read };
}

describe('putLogEvents', () => {
  test.each([
    [1_048_576 - 26, true],
    [1_048_576 - 25, false],
  ])('takes a text of %i bytes: %s', async (bytes, isTaken) => {
    const { put } = await createStream();

    const outcome = await put([{ timestamp: START_MS, message: 'x'.repeat(bytes) }]).catch((error: unknown) => error);

    if (isTaken) expect(outcome).toEqual({});
    else {
      expect(outcome).toMatchObject({
        code: 'InvalidParameterException',
        message: 'Upload too large: 1048577 bytes exceeds limit of 1048576',
      });
    }
  });

  test.each([
    ['in any order', [1, 0], 'must be in chronological order'],
    ['of more than a day', [-DAY_MS - 1, 0], 'cannot span more than 24 hours'],
  ])('refuses events %s', async (_claim, offsets, message) => {
    const { put } = await createStream();

    await expect(put(offsets.map((offset) => ({ timestamp: START_MS + offset, message: 'm' })))).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  test('leaves out what is older than 14 days', async () => {
    const { put, read } = await createStream();

    const answer = await put([
      { timestamp: START_MS - 14 * DAY_MS, message: 'old' },
      { timestamp: START_MS - 14 * DAY_MS + HOUR_MS, message: 'young enough' },
    ]);

    expect(answer).toEqual({ rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } });
    expect(await read()).toEqual(['young enough']);
  });

  test('leaves out what is more than two hours ahead', async () => {
    const { put, read } = await createStream();

    const answer = await put([
      { timestamp: START_MS + 2 * HOUR_MS, message: 'soon' },
      { timestamp: START_MS + 3 * HOUR_MS, message: 'later' },
    ]);

    expect(answer).toEqual({ rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 } });
    expect(await read()).toEqual(['soon']);
  });
});
