// Rule: the events of a stream come from its end or its head, by pages; at either end the token stays the same.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html

import { expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../../emulator/create-test-account.fixture.ts';

async function createStream(count: number) {
  const { call } = createTestAccount();
  const stream = { logGroupName: 'g', logStreamName: 's' };
  await call('logs', 'CreateLogGroup', { logGroupName: 'g' });
  await call('logs', 'CreateLogStream', stream);
  const logEvents = Array.from({ length: count }, (_, index) => ({ timestamp: START_MS + index, message: `${index}` }));
  if (count > 0) await call('logs', 'PutLogEvents', { ...stream, logEvents });
  return async (input: object = {}) => {
    const { events, nextForwardToken, nextBackwardToken } = await call('logs', 'GetLogEvents', { ...stream, ...input });
    return {
      messages: (events as { message: string }[]).map(({ message }) => message),
      forwards: { nextToken: nextForwardToken },
      backwards: { nextToken: nextBackwardToken },
    };
  };
}

test('without startFromHead the last events come first', async () => {
  const read = await createStream(5);

  const last = await read({ limit: 2 });
  const middle = await read({ limit: 2, ...last.backwards });
  const first = await read({ limit: 2, ...middle.backwards });

  expect([last, middle, first].map(({ messages }) => messages)).toEqual([['3', '4'], ['1', '2'], ['0']]);
});

test('with startFromHead the first events come first', async () => {
  const read = await createStream(3);

  const first = await read({ limit: 2, startFromHead: true });
  const second = await read({ limit: 2, ...first.forwards });

  expect([first.messages, second.messages]).toEqual([['0', '1'], ['2']]);
});

test('at the end the token that was given comes back', async () => {
  const read = await createStream(1);
  const { forwards } = await read();

  const end = await read(forwards);

  expect(end.messages).toEqual([]);
  expect(end.forwards).toEqual(forwards);
});

test('an empty stream has tokens too', async () => {
  const read = await createStream(0);

  expect(await read()).toMatchObject({
    messages: [],
    forwards: { nextToken: expect.stringMatching(/^f\/\d{56}\/s$/) },
  });
});

test('startTime is within, endTime is not', async () => {
  const read = await createStream(4);

  expect((await read({ startTime: START_MS + 1, endTime: START_MS + 3 })).messages).toEqual(['1', '2']);
});

test('a token that is none is refused', async () => {
  const read = await createStream(1);

  await expect(read({ nextToken: 'x' })).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: 'The specified nextToken is invalid.',
  });
});
