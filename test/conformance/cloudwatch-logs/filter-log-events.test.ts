// Rule: a filter pattern of terms wants all of them, of JSON a comparison of one member; events come in order of time.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html

import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../../emulator/create-test-account.fixture.ts';

const LINES = [
  'ERROR code 500',
  'INFO code 200',
  'error in lower case',
  '{"level":"ERROR","status":500,"path":{"to":["x","y z"]}}',
  '{"level":"INFO","status":200}',
];

async function createGroup() {
  const { call } = createTestAccount();
  await call('logs', 'CreateLogGroup', { logGroupName: 'g' });
  for (const logStreamName of ['one', 'two']) {
    await call('logs', 'CreateLogStream', { logGroupName: 'g', logStreamName });
  }
  for (const [index, message] of LINES.entries()) {
    const logStreamName = index % 2 === 0 ? 'one' : 'two';
    const logEvents = [{ timestamp: START_MS + index, message }];
    await call('logs', 'PutLogEvents', { logGroupName: 'g', logStreamName, logEvents });
  }
  return async (input: object) => {
    const { events, nextToken } = await call('logs', 'FilterLogEvents', { logGroupName: 'g', ...input });
    return { lines: (events as { message: string }[]).map(({ message }) => LINES.indexOf(message)), nextToken };
  };
}

describe('a filter pattern', () => {
  test.each([
    ['', [0, 1, 2, 3, 4]],
    ['ERROR', [0, 3]],
    ['ERROR code', [0]],
    ['code -INFO', [0]],
    ['"in lower"', [2]],
    ['?500 ?lower', [0, 2, 3]],
    ['{ $.level = "ERROR" }', [3]],
    ['{ $.level != "ERROR" }', [4]],
    ['{ $.level = "I*" }', [4]],
    ['{ $.level = ERROR }', [3]],
    ['{ $.status >= 500 }', [3]],
    ['{ $.status = 200 }', [4]],
    ['{ $.path.to[1] = "y z" }', [3]],
    ['{ $.missing != "x" }', []],
  ])('%s', async (filterPattern, lines) => {
    const filter = await createGroup();

    expect((await filter({ filterPattern })).lines).toEqual(lines);
  });

  test.each(['[ip, user]', '{ $.a = 1 && $.b = 2 }', '{ $.a IS NULL }', '%regular%', '?one two'])(
    '%s is refused by name',
    async (filterPattern) => {
      const filter = await createGroup();

      await expect(filter({ filterPattern })).rejects.toMatchObject({ name: 'UnsupportedFeatureError' });
    },
  );

  test('with an open quote is no pattern', async () => {
    const filter = await createGroup();

    await expect(filter({ filterPattern: '"open' })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  });
});

describe('filterLogEvents', () => {
  test.each([
    [{ logStreamNames: ['two'] }, [1, 3]],
    [{ logStreamNamePrefix: 'o' }, [0, 2, 4]],
    [{ startTime: START_MS + 1, endTime: START_MS + 2 }, [1, 2]],
  ])('wants %j', async (input, lines) => {
    const filter = await createGroup();

    expect((await filter(input)).lines).toEqual(lines);
  });

  test('gives a page at a time', async () => {
    const filter = await createGroup();

    const first = await filter({ filterPattern: 'code', limit: 1 });
    const second = await filter({ filterPattern: 'code', limit: 1, nextToken: first.nextToken });

    expect([first.lines, second]).toEqual([[0], { lines: [1], nextToken: undefined }]);
  });
});
