// Real SDK clients against the services, over the wire protocols.

import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';
import { createHttpFront } from './http-front.ts';
import { createSdkRequestHandler } from './sdk-request-handler.ts';

const KEY = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
const Bucket = 'bucket';

function createClients() {
  const account = createTestAccount();
  account.services.s3.createBucket(Bucket);
  const front = createHttpFront({
    gateway: account.world.gateway,
    region: 'us-east-1',
    findPrincipal: (accessKeyId) => (accessKeyId === KEY.accessKeyId ? { kind: 'root' } : undefined),
  });
  const config = {
    region: 'us-east-1',
    credentials: KEY,
    requestHandler: createSdkRequestHandler({
      handle: (request) => account.outside.waitFor(() => front.handle(request)),
    }),
    maxAttempts: 1,
  };
  return {
    ...account,
    front,
    config,
    s3: new S3Client(config),
    ssm: new SSMClient(config),
    cloudWatch: new CloudWatchClient(config),
    run<T>(promise: Promise<T>): Promise<T> {
      account.outside.begin();
      return account.world.clock.runUntilSettled(promise.finally(() => account.outside.end()));
    },
  };
}

describe('S3', () => {
  test('gives back what was put, under any key, in either style of address', async () => {
    const { s3, config, run } = createClients();
    const pathStyle = new S3Client({ ...config, forcePathStyle: true });
    const Key = 'run=a/ü & +%.ndjson';

    await run(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'text/plain' })));
    const { Body, ContentType } = await run(s3.send(new GetObjectCommand({ Bucket, Key })));
    const head = await run(pathStyle.send(new HeadObjectCommand({ Bucket, Key })));

    expect(await Body?.transformToString()).toBe('hello');
    expect(ContentType).toBe('text/plain');
    expect(head.ContentLength).toBe(5);
  });

  test('keeps whole seconds of LastModified, and lists what was put at once', async () => {
    const { s3, run, pass, call } = createClients();
    await pass(1700);

    await run(s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' })));
    const { Contents } = (await call('s3', 'ListObjectsV2', { Bucket })) as { Contents: { LastModified: number }[] };

    expect(Contents[0]?.LastModified).toBe(START_MS / 1000 + 1);
  });

  test('lists by prefix, in UTF-8 order, a page at a time', async () => {
    const { s3, run } = createClients();
    const keys = ['b/2', 'a/1', 'b/10', 'b/1', 'b/é', 'c/1'];
    for (const Key of keys) await run(s3.send(new PutObjectCommand({ Bucket, Key, Body: Key })));

    const listed = await run(
      (async () => {
        const found: string[] = [];
        for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: 'b/', MaxKeys: 2 })) {
          found.push((page.Contents ?? []).map(({ Key, Size }) => `${Key} ${Size}`).join());
        }
        return found;
      })(),
    );

    expect(listed).toEqual(['b/1 3,b/10 4', 'b/2 3,b/é 4']);
  });

  test('dates an upload in parts by its initiation', async () => {
    const { s3, run, pass } = createClients();
    const location = { Bucket, Key: 'parts' };
    const { UploadId } = await run(s3.send(new CreateMultipartUploadCommand(location)));
    await pass(60_000);

    const { ETag } = await run(s3.send(new UploadPartCommand({ ...location, UploadId, PartNumber: 1, Body: 'one' })));
    await run(
      s3.send(
        new CompleteMultipartUploadCommand({
          ...location,
          UploadId,
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
        }),
      ),
    );
    const { Body, LastModified } = await run(s3.send(new GetObjectCommand(location)));

    expect(await Body?.transformToString()).toBe('one');
    expect(LastModified?.getTime()).toBe(START_MS);
  });

  test("names what is missing by AWS's own codes", async () => {
    const { s3, run } = createClients();
    await run(s3.send(new DeleteObjectCommand({ Bucket, Key: 'never there' })));

    await expect(run(s3.send(new GetObjectCommand({ Bucket, Key: 'x' })))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(run(s3.send(new GetObjectCommand({ Bucket: 'other', Key: 'x' })))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  test('refuses by name what is not modelled', async () => {
    const { s3, run } = createClients();

    await expect(run(s3.send(new GetBucketAclCommand({ Bucket })))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 's3: GET of bucket with acl is not modelled by the emulator',
    });
  });
});

describe('Parameter Store', () => {
  test('shows a SecureString only to those who ask for its decryption', async () => {
    const { ssm, run } = createClients();
    await run(ssm.send(new PutParameterCommand({ Name: '/key', Value: 'secret', Type: 'SecureString' })));

    const hidden = await run(ssm.send(new GetParameterCommand({ Name: '/key' })));
    const shown = await run(ssm.send(new GetParameterCommand({ Name: '/key', WithDecryption: true })));

    expect(hidden.Parameter?.Value).not.toContain('secret');
    expect(shown.Parameter?.Value).toBe('secret');
  });

  test('tells missing parameters from present ones', async () => {
    const { ssm, run } = createClients();
    await run(ssm.send(new PutParameterCommand({ Name: '/a', Value: '1', Type: 'String' })));

    const { Parameters, InvalidParameters } = await run(ssm.send(new GetParametersCommand({ Names: ['/a', '/b'] })));

    expect(Parameters?.map(({ Name, Value }) => [Name, Value])).toEqual([['/a', '1']]);
    expect(InvalidParameters).toEqual(['/b']);
    await expect(run(ssm.send(new GetParameterCommand({ Name: '/b' })))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });
});

describe('CloudWatch', () => {
  test('sums by the minute, and shows a minute only some time after it', async () => {
    const { cloudWatch, world, run, pass } = createClients();
    const record = (value: number, timeMs: number) =>
      world.metrics.record({ namespace: 'N', metricName: 'M', dimensions: { D: 'd' }, value, timeMs });
    record(1, START_MS);
    record(2, START_MS + 59_999);
    record(4, START_MS + 60_000);
    const query = new GetMetricDataCommand({
      StartTime: new Date(START_MS),
      EndTime: new Date(START_MS + 600_000),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        {
          Id: 'q',
          MetricStat: {
            Metric: { Namespace: 'N', MetricName: 'M', Dimensions: [{ Name: 'D', Value: 'd' }] },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
    });

    const early = await run(cloudWatch.send(query));
    await pass(600_000);
    const late = await run(cloudWatch.send(query));

    expect(early.MetricDataResults?.[0]?.Values).toEqual([]);
    expect(late.MetricDataResults?.[0]).toMatchObject({
      Values: [3, 4],
      Timestamps: [new Date(START_MS), new Date(START_MS + 60_000)],
    });
  });
});

describe('the front', () => {
  test('answers an unknown access key as AWS does', async () => {
    const { config, run } = createClients();
    const stranger = new SSMClient({ ...config, credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } });

    await expect(run(stranger.send(new GetParameterCommand({ Name: '/a' })))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  test('refuses a host that is no AWS endpoint, so that nothing can leave', async () => {
    const { front } = createClients();
    const request = { method: 'GET', host: 'example.com', path: '/', query: {}, headers: {}, body: Buffer.alloc(0) };

    await expect(front.handle(request)).rejects.toThrow('example.com');
  });
});
