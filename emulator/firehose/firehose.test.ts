import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../create-test-account.fixture.ts';

const ECHO = `exports.handler = async ({ records }) => {
  console.log(records.length);
  return { records: records.map(({ recordId, data }) => ({ recordId, data, result: RESULT })) };
};`;

interface Options {
  readonly transform?: { readonly seconds: number; readonly mbs?: number };
  readonly s3Seconds?: number;
  readonly result?: string;
  readonly code?: string;
}

function createStream({ transform = { seconds: 10 }, s3Seconds = 60, result = '"Ok"', code = ECHO }: Options = {}) {
  const account = createTestAccount();
  const { firehose, s3 } = account.services;
  s3.createBucket('bucket');
  const functionArn = account.createFunction(code.replace('RESULT', result));
  firehose.createDeliveryStream({
    name: 'stream',
    destination: {
      RoleARN: 'arn:aws:iam::000000000000:role/firehose',
      BucketARN: 'arn:aws:s3:::bucket',
      Prefix: 'data/',
      ErrorOutputPrefix: 'errors/',
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: s3Seconds },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'Lambda',
            Parameters: [
              { ParameterName: 'LambdaArn', ParameterValue: functionArn },
              { ParameterName: 'BufferSizeInMBs', ParameterValue: String(transform.mbs ?? 1) },
              { ParameterName: 'BufferIntervalInSeconds', ParameterValue: String(transform.seconds) },
            ],
          },
        ],
      },
    },
  });
  const put = (...texts: string[]) =>
    account.call('firehose', 'PutRecordBatch', {
      DeliveryStreamName: 'stream',
      Records: texts.map((text) => ({ Data: Buffer.from(text).toString('base64') })),
    });
  const list = async (): Promise<{ Key: string }[]> =>
    (await account.call('s3', 'ListObjectsV2', { Bucket: 'bucket' })).Contents as { Key: string }[];
  const readAll = async () =>
    Promise.all(
      (await list()).map(async ({ Key }) =>
        String((await account.call('s3', 'GetObject', { Bucket: 'bucket', Key })).Body),
      ),
    );
  return { ...account, put, list, readAll, batches: () => account.services.lambda.logsOf('tested').map(Number) };
}

describe('a delivery stream', () => {
  test('gathers records for the transform interval, and what came out of it for the S3 interval', async () => {
    const stream = createStream({ transform: { seconds: 10 }, s3Seconds: 60 });

    await stream.put('a', 'b');
    await stream.pass(5000);
    await stream.put('c');
    await stream.pass(7000);
    const batches = stream.batches();
    const early = await stream.list();
    await stream.pass(75_000);

    expect(batches).toEqual([3]);
    expect(early).toEqual([]);
    expect(await stream.readAll()).toEqual(['abc']);
  });

  test('flushes the transform buffer when it is full', async () => {
    const stream = createStream({ transform: { seconds: 900, mbs: 0.2 } });
    const fifth = 'x'.repeat(0.05 * 1024 * 1024);

    await stream.put(fifth, fifth, fifth, fifth, fifth);
    await stream.pass(5000);

    expect(stream.batches()).toEqual([4]);
  });

  test('with intervals of 0 delivers each put by itself, within seconds', async () => {
    const stream = createStream({ transform: { seconds: 0 }, s3Seconds: 0 });

    await stream.put('a');
    await stream.put('b');
    await stream.pass(30_000);

    expect(stream.batches()).toEqual([1, 1]);
    expect((await stream.readAll()).sort()).toEqual(['a', 'b']);
  });

  test('names objects by prefix, hour, stream, version and second', async () => {
    const stream = createStream();

    await stream.put('a');
    await stream.pass(90_000);

    const [object] = await stream.list();
    expect(object?.Key).toMatch(/^data\/2026\/01\/01\/00\/stream-1-2026-01-01-00-00-00-[0-9a-f-]{36}$/);
  });

  test('drops what the function drops', async () => {
    const stream = createStream({ result: '"Dropped"' });

    await stream.put('a');
    await stream.pass(120_000);

    expect(await stream.list()).toEqual([]);
  });

  test.each([
    ['could not process', { result: '"ProcessingFailed"' }, 1],
    ['did not answer for', { code: 'exports.handler = async () => { throw new Error("no"); };' }, 4],
  ])('stores what the function %s under the error prefix, as it came in', async (_what, options, invocations) => {
    const stream = createStream(options);

    await stream.put('a');
    await stream.pass(120_000);

    const [object] = await stream.list();
    expect(object?.Key).toMatch(/^errors\/processing-failed\//);
    expect(JSON.parse((await stream.readAll())[0] ?? '')).toMatchObject({
      rawData: Buffer.from('a').toString('base64'),
    });
    expect(stream.invocations).toHaveLength(invocations);
  });
});

describe('updateDestination', () => {
  const update = (CurrentDeliveryStreamVersionId: string) => ({
    DeliveryStreamName: 'stream',
    CurrentDeliveryStreamVersionId,
    DestinationId: 'destinationId-000000000001',
    ExtendedS3DestinationUpdate: { Prefix: 'new/' },
  });

  test('keeps what it leaves out, counts the version up, and comes into force some time later', async () => {
    const stream = createStream({ transform: { seconds: 0 } });

    await stream.call('firehose', 'UpdateDestination', update('1'));
    const { DeliveryStreamDescription } = await stream.call('firehose', 'DescribeDeliveryStream', {
      DeliveryStreamName: 'stream',
    });
    await stream.pass(300_000);
    await stream.put('a');
    await stream.pass(120_000);

    expect(DeliveryStreamDescription).toMatchObject({
      VersionId: '2',
      Destinations: [{ ExtendedS3DestinationDescription: { Prefix: 'new/', ErrorOutputPrefix: 'errors/' } }],
    });
    expect((await stream.list())[0]?.Key).toMatch(/^new\/.*\/stream-2-/);
  });

  test('refuses a version that is no longer the current one', async () => {
    const stream = createStream();
    await stream.call('firehose', 'UpdateDestination', update('1'));

    await expect(stream.call('firehose', 'UpdateDestination', update('1'))).rejects.toMatchObject({
      code: 'ConcurrentModificationException',
    });
  });

  test('refuses by name what is not modelled', async () => {
    const input = { ...update('1'), ExtendedS3DestinationUpdate: { DynamicPartitioningConfiguration: {} } };

    await expect(createStream().call('firehose', 'UpdateDestination', input)).rejects.toThrow(
      'parameter ExtendedS3DestinationUpdate.DynamicPartitioningConfiguration is not modelled',
    );
  });
});
