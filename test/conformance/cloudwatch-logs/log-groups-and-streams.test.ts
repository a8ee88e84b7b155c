// Rule: log groups hold log streams, and both are listed by pages; one that is there cannot be made again.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html

import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../../emulator/create-test-account.fixture.ts';

const logGroupName = '/app/a';

async function createStreams(names: readonly string[]) {
  const account = createTestAccount();
  const call = (operation: string, input: object) => account.call('logs', operation, input);
  await call('CreateLogGroup', { logGroupName });
  for (const logStreamName of names) await call('CreateLogStream', { logGroupName, logStreamName });
  const listStreams = async (input: object = {}) => {
    const { logStreams, nextToken } = await call('DescribeLogStreams', { logGroupName, ...input });
    return { names: (logStreams as { logStreamName: string }[]).map(({ logStreamName }) => logStreamName), nextToken };
  };
  const put = (logStreamName: string, timestamp: number) =>
    call('PutLogEvents', { logGroupName, logStreamName, logEvents: [{ timestamp, message: 'm' }] });
  return { ...account, call, listStreams, put };
}

describe('a log group', () => {
  test('is listed by its prefix or a part of its name, in order of names', async () => {
    const { call } = await createStreams([]);
    await call('CreateLogGroup', { logGroupName: '/app/C' });
    await call('CreateLogGroup', { logGroupName: '/app/b' });
    await call('CreateLogGroup', { logGroupName: 'other' });
    const list = async (input: object) => {
      const { logGroups, nextToken } = await call('DescribeLogGroups', input);
      return { names: (logGroups as { logGroupName: string }[]).map((group) => group.logGroupName), nextToken };
    };

    expect((await list({ logGroupNamePrefix: '/app' })).names).toEqual(['/app/C', '/app/a', '/app/b']);
    expect((await list({ logGroupNamePattern: 'C' })).names).toEqual(['/app/C']);
    const first = await list({ limit: 3 });
    expect((await list({ limit: 3, nextToken: first.nextToken })).names).toEqual(['other']);
  });

  test('tells its ARN, its age and its retention', async () => {
    const { call } = await createStreams([]);
    await call('PutRetentionPolicy', { logGroupName, retentionInDays: 14 });

    expect(await call('DescribeLogGroups', {})).toEqual({
      logGroups: [
        {
          logGroupName,
          creationTime: expect.any(Number),
          retentionInDays: 14,
          metricFilterCount: 0,
          arn: `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}:*`,
          logGroupArn: `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`,
          storedBytes: 0,
          logGroupClass: 'STANDARD',
        },
      ],
    });
  });

  test('is gone once it is deleted', async () => {
    const { call, listStreams } = await createStreams(['s']);
    await call('DeleteLogGroup', { logGroupName });

    await expect(listStreams()).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
    await call('CreateLogGroup', { logGroupName });
    expect((await listStreams()).names).toEqual([]);
  });

  test('forgets events that are older than its retention', async () => {
    const { call, put, pass } = await createStreams(['s']);
    await call('PutRetentionPolicy', { logGroupName, retentionInDays: 1 });
    await put('s', START_MS);
    const read = async () => (await call('GetLogEvents', { logGroupName, logStreamName: 's' })).events;

    expect(await read()).toHaveLength(1);
    await pass(86_400_000);
    expect(await read()).toEqual([]);
  });
});

describe('log streams', () => {
  test('are listed by name, or by their last event', async () => {
    const { listStreams, put } = await createStreams(['b', 'a', 'c']);
    await put('c', START_MS + 1);
    await put('b', START_MS + 2);
    await put('a', START_MS + 3);

    expect((await listStreams()).names).toEqual(['a', 'b', 'c']);
    expect((await listStreams({ orderBy: 'LastEventTime', descending: true, limit: 2 })).names).toEqual(['a', 'b']);
    expect((await listStreams({ logStreamNamePrefix: 'c' })).names).toEqual(['c']);
  });

  test('are listed 50 at a time', async () => {
    const { listStreams } = await createStreams(Array.from({ length: 51 }, (_, index) => `s${100 + index}`));

    const first = await listStreams();
    const second = await listStreams({ nextToken: first.nextToken });

    expect(first.names).toHaveLength(50);
    expect(second).toEqual({ names: ['s150'], nextToken: undefined });
  });

  test('tell of their first and last event', async () => {
    const { call, put } = await createStreams(['s']);
    await put('s', START_MS + 5);
    await put('s', START_MS + 2);

    expect((await call('DescribeLogStreams', { logGroupName })).logStreams).toEqual([
      {
        logStreamName: 's',
        creationTime: expect.any(Number),
        firstEventTimestamp: START_MS + 2,
        lastEventTimestamp: START_MS + 5,
        lastIngestionTime: expect.any(Number),
        arn: `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}:log-stream:s`,
        storedBytes: 0,
      },
    ]);
  });
});

test.each([
  ['CreateLogGroup', {}, 'ResourceAlreadyExistsException', 'The specified log group already exists'],
  [
    'CreateLogStream',
    { logStreamName: 's' },
    'ResourceAlreadyExistsException',
    'The specified log stream already exists',
  ],
  ['DeleteLogGroup', { logGroupName: 'b' }, 'ResourceNotFoundException', 'The specified log group does not exist.'],
  ['GetLogEvents', { logStreamName: 'x' }, 'ResourceNotFoundException', 'The specified log stream does not exist.'],
  ['CreateLogGroup', { logGroupName: 'a b' }, 'InvalidParameterException', expect.stringContaining('logGroupName')],
  ['PutRetentionPolicy', { retentionInDays: 2 }, 'InvalidParameterException', expect.stringContaining("Value '2'")],
  [
    'DescribeLogStreams',
    { orderBy: 'LastEventTime', logStreamNamePrefix: 's' },
    'InvalidParameterException',
    'Cannot order by LastEventTime with a logStreamNamePrefix.',
  ],
])('%s with %j is refused: %s', async (operation, input, code, message) => {
  const { call } = await createStreams(['s']);

  await expect(call(operation, { logGroupName, ...input })).rejects.toMatchObject({ code, message });
});
