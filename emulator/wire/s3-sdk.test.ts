// The SDK's own client reads what the emulator writes, and the other way round, operation by operation.

import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { START_MS } from '../create-test-account.fixture.ts';
import { createS3Client } from './create-s3-client.fixture.ts';

const Bucket = 'bucket';
const START = new Date(START_MS);

function createClient() {
  const { client, run, services } = createS3Client();
  const send: typeof client.send = (command: Parameters<typeof client.send>[0]) => run(() => client.send(command));
  return { send, services };
}

describe('objects', () => {
  test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'go with a checksum %s in a trailer, and are verified by the client when they come back',
    async (ChecksumAlgorithm) => {
      const { send } = createClient();
      const Body = Readable.from([Buffer.from('first,'), Buffer.from('second')]);

      await send(new PutObjectCommand({ Bucket, Key: 'k', Body, ContentLength: 12, ChecksumAlgorithm }));
      const object = await send(new GetObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }));

      expect(object).toHaveProperty(`Checksum${ChecksumAlgorithm}`);
      expect(await object.Body?.transformToString()).toBe('first,second');
    },
  );

  test('keep their headers and metadata', async () => {
    const { send } = createClient();
    const given = {
      CacheControl: 'no-cache',
      ContentEncoding: 'gzip',
      ContentType: 'text/plain',
      Metadata: { colour: 'red' },
    };

    await send(new PutObjectCommand({ Bucket, Key: 'k', Body: Readable.from(['x']), ContentLength: 1, ...given }));

    expect(await send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({
      ...given,
      ContentLength: 1,
      LastModified: START,
      ServerSideEncryption: 'AES256',
    });
  });

  test('are copied, described and tagged', async () => {
    const { send } = createClient();
    await send(new PutObjectCommand({ Bucket, Key: 'a b', Body: 'x', Tagging: 'a=1' }));

    const copy = await send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'bucket/a%20b' }));
    const attributes = await send(
      new GetObjectAttributesCommand({ Bucket, Key: 'copy', ObjectAttributes: ['ETag', 'ObjectSize'] }),
    );
    const first = await send(new GetObjectTaggingCommand({ Bucket, Key: 'copy' }));
    await send(new PutObjectTaggingCommand({ Bucket, Key: 'copy', Tagging: { TagSet: [{ Key: 'b', Value: '<&>' }] } }));
    const second = await send(new GetObjectTaggingCommand({ Bucket, Key: 'copy' }));
    await send(new DeleteObjectTaggingCommand({ Bucket, Key: 'copy' }));

    expect(copy.CopyObjectResult).toMatchObject({
      LastModified: START,
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    });
    expect(attributes).toMatchObject({ ObjectSize: 1, LastModified: START });
    expect(first.TagSet).toEqual([{ Key: 'a', Value: '1' }]);
    expect(second.TagSet).toEqual([{ Key: 'b', Value: '<&>' }]);
  });

  test('are deleted by odd keys, and say which', async () => {
    const { send } = createClient();
    const keys = ['a&b<c>"d"\'e\'', ' spaces ', 'tab\tline\nreturn\r', 'ü/\u{1f600}', '1e3', 'true'];
    for (const Key of keys) await send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

    const { Deleted = [] } = await send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
    );

    expect(Deleted.map(({ Key }) => Key)).toEqual(keys);
    expect((await send(new ListObjectsCommand({ Bucket }))).Contents ?? []).toEqual([]);
  });

  test('are listed with their versions', async () => {
    const { send } = createClient();
    await send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));

    const { Versions } = await send(new ListObjectVersionsCommand({ Bucket }));

    expect(Versions).toMatchObject([{ Key: 'k', VersionId: 'null', IsLatest: true, Size: 1, LastModified: START }]);
  });
});

test('uploads in parts are begun, listed, copied into and completed', async () => {
  const { send } = createClient();
  const location = { Bucket, Key: 'k' };
  const { UploadId } = await send(new CreateMultipartUploadCommand({ ...location, ChecksumAlgorithm: 'CRC32' }));
  const Body = Buffer.alloc(5 * 1024 * 1024, 'x');
  await send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'end' }));

  const part = await send(new UploadPartCommand({ ...location, UploadId, PartNumber: 1, Body }));
  const { CopyPartResult } = await send(
    new UploadPartCopyCommand({ ...location, UploadId, PartNumber: 2, CopySource: 'bucket/source' }),
  );
  const uploads = await send(new ListMultipartUploadsCommand({ Bucket }));
  const { Parts = [] } = await send(new ListPartsCommand({ ...location, UploadId }));
  const completed = await send(
    new CompleteMultipartUploadCommand({
      ...location,
      UploadId,
      MultipartUpload: {
        Parts: Parts.map(({ PartNumber, ETag, ChecksumCRC32 }) => ({ PartNumber, ETag, ChecksumCRC32 })),
      },
    }),
  );

  expect(uploads.Uploads).toMatchObject([{ Key: 'k', UploadId, Initiated: START }]);
  expect(Parts).toMatchObject([
    { PartNumber: 1, Size: Body.length, ETag: part.ETag },
    { PartNumber: 2, Size: 3, ETag: CopyPartResult?.ETag },
  ]);
  expect(completed).toMatchObject({ ETag: expect.stringMatching(/-2"$/), ChecksumType: 'COMPOSITE' });
});

describe('buckets', () => {
  test('are made, listed, described and deleted', async () => {
    const { send } = createClient();

    const { Location } = await send(new CreateBucketCommand({ Bucket: 'another' }));
    const { Buckets } = await send(new ListBucketsCommand({}));
    await send(new DeleteBucketCommand({ Bucket: 'another' }));

    expect(Location).toBe('/another');
    expect(Buckets).toMatchObject([
      { Name: 'another', CreationDate: START },
      { Name: 'bucket', CreationDate: START },
    ]);
    expect(await send(new GetBucketLocationCommand({ Bucket }))).not.toHaveProperty('LocationConstraint');
    expect(await send(new GetBucketVersioningCommand({ Bucket }))).not.toHaveProperty('Status');
    expect(await send(new GetPublicAccessBlockCommand({ Bucket }))).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    });
    expect(await send(new GetBucketEncryptionCommand({ Bucket }))).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
      },
    });
  });

  test('are told where to send their events', async () => {
    const { send, services } = createClient();
    const { queueArn: QueueArn } = services.sqs.createQueue({ name: 'q', visibilityTimeoutSeconds: 30 });
    const Filter = { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'in/' }] } };
    const QueueConfigurations = [{ Id: 'id', QueueArn, Events: ['s3:ObjectCreated:*' as const], Filter }];

    await send(
      new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { QueueConfigurations } }),
    );

    // S3 shows the names of rules with a capital, whatever they were given with.
    expect(await send(new GetBucketNotificationConfigurationCommand({ Bucket }))).toMatchObject({
      QueueConfigurations: [
        { Id: 'id', QueueArn, Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }] } } },
      ],
    });
  });
});
