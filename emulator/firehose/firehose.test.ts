import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { START_MS } from '../create-test-account.fixture.ts';
import { createTestStream } from './create-test-stream.fixture.ts';

describe('a delivery stream', () => {
  test('gathers records for the transform interval, and what came out of it for the S3 interval', async () => {
    const stream = createTestStream({ transform: { seconds: 10 }, s3Seconds: 60 });

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
    const stream = createTestStream({ transform: { seconds: 900, mbs: 0.2 } });
    const fifth = 'x'.repeat(0.05 * 1024 * 1024);

    await stream.put(fifth, fifth, fifth, fifth, fifth);
    await stream.pass(5000);

    expect(stream.batches()).toEqual([4]);
  });

  test('with intervals of 0 delivers each put by itself, within seconds', async () => {
    const stream = createTestStream({ transform: { seconds: 0 }, s3Seconds: 0 });

    await Promise.all([stream.put('a'), stream.put('b', 'c')]);
    await stream.pass(30_000);

    expect(stream.batches().sort()).toEqual([1, 2]);
    expect((await stream.readAll()).sort()).toEqual(['a', 'bc']);
  });

  test('without a transform stores what it was given', async () => {
    const stream = createTestStream({ transform: false });

    await stream.call('PutRecord', { Record: stream.toRecord('a') });
    await stream.put('b');
    await stream.pass(90_000);

    expect(await stream.readAll()).toEqual(['ab']);
  });

  test('hands its function the documented event', async () => {
    const code = `exports.handler = async (event) => {
      console.log(JSON.stringify(event));
      return { records: [] };
    };`;
    const stream = createTestStream({ code, transform: { seconds: 0 } });

    await stream.put('hello');
    await stream.pass(5000);

    expect(JSON.parse(stream.services.lambda.logsOf('tested')[0] ?? '')).toEqual({
      invocationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      deliveryStreamArn: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/stream',
      region: 'us-east-1',
      records: [
        {
          recordId: expect.stringMatching(/^\d+$/),
          approximateArrivalTimestamp: expect.any(Number),
          data: Buffer.from('hello').toString('base64'),
        },
      ],
    });
  });

  test('has five invocations under way at most', async () => {
    const code = `exports.handler = ({ records }) => new Promise((resolve) => setTimeout(() => resolve({
      records: records.map(({ recordId, data }) => ({ recordId, data, result: 'Ok' })),
    }), 20_000));`;
    const stream = createTestStream({ code, transform: { seconds: 0 } });

    for (let index = 0; index < 7; index++) await stream.put(String(index));
    await stream.pass(120_000);

    const starts = stream.invocations.map(({ startMs }) => startMs).sort((a, b) => a - b);
    const [first = 0] = starts;
    expect(starts.map((startMs) => Math.floor((startMs - first) / 20_000))).toEqual([0, 0, 0, 0, 0, 1, 1]);
  });
});

describe('an object', () => {
  test('is named by prefix, hour, stream, version and second', async () => {
    const stream = createTestStream();

    await stream.put('a');
    await stream.pass(90_000);

    const [object] = await stream.list();
    expect(object?.Key).toMatch(/^data\/2026\/01\/01\/00\/stream-1-2026-01-01-00-00-00-[0-9a-f-]{36}$/);
  });

  test('can be compressed, with delimiters, under an extension of its own', async () => {
    const stream = createTestStream({
      transform: false,
      destination: {
        CompressionFormat: 'GZIP',
        FileExtension: '.ndjson.gz',
        ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] },
      },
    });

    await stream.put('a', 'b');
    await stream.pass(90_000);

    const [object] = await stream.list();
    expect(object?.Key).toMatch(/\.ndjson\.gz$/);
    expect(gunzipSync(await stream.read(object?.Key ?? '')).toString()).toBe('a\nb\n');
  });

  test.each([
    [0, ['s3.CreateMultipartUpload', 's3.UploadPart', 's3.CompleteMultipartUpload']],
    [59, ['s3.CreateMultipartUpload', 's3.UploadPart', 's3.CompleteMultipartUpload']],
    [60, ['s3.PutObject']],
  ])('is uploaded with an interval of %i s as AWS does it', async (s3Seconds, expected) => {
    const stream = createTestStream({ transform: false, s3Seconds });

    await stream.put('a');
    await stream.pass(90_000);

    expect(stream.calls.filter((name) => name.startsWith('s3.'))).toEqual(expected);
  });

  test.each([
    ['the start of its upload, when it goes up in parts', 50, 50],
    ['its arrival, when it does not', 60, 60],
  ])('is dated by %s', async (_what, s3Seconds, expectedSeconds) => {
    const stream = createTestStream({ transform: false, s3Seconds });

    await stream.put('a');
    await stream.pass(45_000);
    await stream.put('b');
    await stream.pass(60_000);

    const [object] = await stream.list();
    const ageSeconds = (object?.LastModified ?? 0) - START_MS / 1000;
    expect(ageSeconds).toBeGreaterThanOrEqual(expectedSeconds);
    expect(ageSeconds).toBeLessThan(expectedSeconds + 15);
    expect(await stream.readAll()).toEqual(['ab']);
  });

  test.each([30, 60])('is tried again until it is in the bucket, with an interval of %i s', async (s3Seconds) => {
    const stream = createTestStream({ transform: false, s3Seconds, hasBucket: false });

    await stream.put('a');
    await stream.pass(200_000);
    stream.services.s3.createBucket('bucket');
    await stream.pass(300_000);

    expect(await stream.readAll()).toEqual(['a']);
    expect(stream.sumMetric('DeliveryToS3.Success')).toBe(1);
    expect(stream.sumMetric('DeliveryToS3.Records')).toBe(1);
  });

  test('is given up after a day', async () => {
    const stream = createTestStream({ transform: false, hasBucket: false });

    await stream.put('a');
    await stream.pass(25 * 3_600_000);
    stream.services.s3.createBucket('bucket');
    await stream.pass(3_600_000);

    expect(await stream.readAll()).toEqual([]);
  });
});

describe('putRecordBatch', () => {
  const kibibytes = (count: number) => 'x'.repeat(count * 1024);

  test.each([
    ['500 records', Array.from({ length: 500 }, () => 'x'), undefined],
    ['501 records', Array.from({ length: 501 }, () => 'x'), 'ValidationException'],
    ['no record', [], 'ValidationException'],
    ['a record of 1,000 KiB', [kibibytes(1000)], undefined],
    ['a record of 1,000 KiB and a byte', [`${kibibytes(1000)}x`], 'ValidationException'],
    ['4 MiB', Array.from({ length: 8 }, () => kibibytes(512)), undefined],
    ['4 MiB and a byte', [...Array.from({ length: 8 }, () => kibibytes(512)), 'x'], 'InvalidArgumentException'],
  ])('answers %s as AWS does', async (_what, texts, code) => {
    const put = createTestStream().put(...texts);

    await (code
      ? expect(put).rejects.toMatchObject({ code })
      : expect(put).resolves.toMatchObject({ FailedPutCount: 0, Encrypted: false }));
  });

  test('is billed record by record, in steps of 5,120 bytes', async () => {
    const stream = createTestStream();

    await stream.put('x', 'x'.repeat(5120), 'x'.repeat(5121));

    expect(stream.services.firehose.billedBytesOf('stream')).toBe(5120 + 5120 + 10_240);
  });

  test('shows in CloudWatch, and so does what is delivered', async () => {
    const stream = createTestStream();

    await stream.put('a', 'bcd');
    await stream.pass(600_000);

    expect(stream.sumMetric('IncomingRecords')).toBe(2);
    expect(stream.sumMetric('IncomingBytes')).toBe(4);
    expect(stream.sumMetric('DeliveryToS3.Records')).toBe(2);
    expect(stream.sumMetric('DeliveryToS3.Success')).toBe(1);
  });

  test('names a stream that does not exist', async () => {
    const call = createTestStream().call('PutRecord', { DeliveryStreamName: 'other', Record: { Data: '' } });

    await expect(call).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
