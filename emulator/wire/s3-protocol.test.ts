import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../create-test-account.fixture.ts';
import { createHttpFront, type HttpFront } from './http-front.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { createSdkRequestHandler } from './sdk-request-handler.ts';

const Bucket = 'bucket';

/** `alter` may change what the client sends on its way. */
function createClient(alter: (request: HttpRequest) => HttpRequest = (request) => request) {
  const { world, outside, services } = createTestAccount();
  services.s3.createBucket(Bucket);
  const exchanges: { request: HttpRequest; response: HttpResponse }[] = [];
  const front = createHttpFront({
    gateway: world.gateway,
    region: 'us-east-1',
    findPrincipal: () => ({ kind: 'root' }),
  });
  const recording: HttpFront = {
    async handle(sent) {
      const request = alter(sent);
      const response = await outside.waitFor(() => front.handle(request));
      exchanges.push({ request, response });
      return response;
    },
  };
  const s3 = new S3Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    requestHandler: createSdkRequestHandler(recording),
    maxAttempts: 1,
  });
  const run = <T>(work: () => Promise<T>): Promise<T> => {
    outside.begin();
    return world.clock.runUntilSettled(work().finally(() => outside.end()));
  };
  return { s3, run, exchanges };
}

const alterHeaders = (headers: Record<string, string>) => (request: HttpRequest) => ({
  ...request,
  headers: { ...request.headers, ...headers },
});

describe('S3 over the wire', () => {
  test('takes a body sent as a stream, in chunks with its checksum behind them', async () => {
    const { s3, run, exchanges } = createClient();
    const Body = Readable.from([Buffer.from('first,'), Buffer.from('second')]);

    await run(() => s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ContentLength: 12 })));
    const text = await run(async () => {
      const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }));
      return object.Body?.transformToString();
    });

    expect(exchanges[0]?.request.headers).toMatchObject({ 'content-encoding': 'aws-chunked' });
    expect(exchanges[1]?.response.headers).toHaveProperty('x-amz-checksum-crc32');
    expect(text).toBe('first,second');
  });

  test.each([
    ['a checksum that is not the body’s', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest'],
    ['a storage class', { 'x-amz-storage-class': 'GLACIER' }, 'NotImplemented'],
    ['a header of S3 that is not modelled', { 'x-amz-object-lock-mode': 'GOVERNANCE' }, 'NotImplemented'],
    ['a second checksum', { 'x-amz-checksum-sha256': 'AA==' }, 'InvalidRequest'],
    ['a body that is not the signed one', { 'x-amz-content-sha256': '0'.repeat(64) }, 'XAmzContentSHA256Mismatch'],
    ['more than was announced', { 'content-encoding': 'aws-chunked' }, 'IncompleteBody'],
  ])('refuses %s', async (_, headers, name) => {
    const { s3, run } = createClient(alterHeaders(headers));

    const put = run(() => s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' })));

    await expect(put).rejects.toMatchObject({ name });
  });

  test('answers HEAD of what is not there without a body, so that the client knows only the status', async () => {
    const { s3, run, exchanges } = createClient();

    const head = run(() => s3.send(new HeadObjectCommand({ Bucket, Key: 'none' })));

    await expect(head).rejects.toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } });
    expect(exchanges[0]?.response.body).toHaveLength(0);
  });

  test('lists keys as they are, whatever XML would make of them', async () => {
    const { s3, run } = createClient();
    const keys = ['a&b<c>"d"\'e\'.txt', 'a+b c', 'ü/é'];
    await run(() => Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' })))));

    const { Contents = [], KeyCount } = await run(() => s3.send(new ListObjectsV2Command({ Bucket })));

    expect(Contents.map(({ Key }) => Key)).toEqual(keys);
    expect(Contents[0]?.LastModified?.getTime()).toBeGreaterThan(0);
    expect(KeyCount).toBe(3);
  });

  test('lists common prefixes', async () => {
    const { s3, run } = createClient();
    await run(() => s3.send(new PutObjectCommand({ Bucket, Key: 'a/1', Body: 'x' })));

    const page = await run(() => s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' })));

    expect(page).toMatchObject({ CommonPrefixes: [{ Prefix: 'a/' }], KeyCount: 1, IsTruncated: false });
    expect(page.Contents ?? []).toEqual([]);
  });

  test('aborts an upload, and deletes no object in doing so', async () => {
    const { s3, run } = createClient();
    const location = { Bucket, Key: 'k' };
    await run(() => s3.send(new PutObjectCommand({ ...location, Body: 'kept' })));
    const { UploadId } = await run(() => s3.send(new CreateMultipartUploadCommand(location)));

    await run(() => s3.send(new AbortMultipartUploadCommand({ ...location, UploadId })));

    const again = run(() => s3.send(new AbortMultipartUploadCommand({ ...location, UploadId })));
    await expect(again).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(run(() => s3.send(new HeadObjectCommand(location)))).resolves.toMatchObject({ ContentLength: 4 });
  });

  test('gives each answer its request id', async () => {
    const { s3, run } = createClient();

    const { $metadata } = await run(() => s3.send(new ListObjectsV2Command({ Bucket })));

    expect($metadata.requestId).toMatch(/^[0-9A-F]{16}$/);
  });

  test.each([
    ['PUT', '/', { policy: '' }, 's3: PUT of bucket with policy'],
    ['GET', '/', { acl: '' }, 's3: GET of bucket with acl'],
    ['PATCH', '/k', {}, 's3: PATCH of object with no query'],
  ])('refuses %s %s with %j by name', async (method, path, query, feature) => {
    const { s3, run, exchanges } = createClient((request) => ({ ...request, method, path, query }));

    await run(() => s3.send(new ListObjectsV2Command({ Bucket }))).catch(() => {});

    expect(exchanges[0]?.response.status).toBe(501);
    expect(exchanges[0]?.response.body.toString()).toContain(`${feature} is not modelled by the emulator`);
  });
});
