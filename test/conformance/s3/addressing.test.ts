// Rule: a bucket is in the host or first in the path; a request to another Region is sent to the bucket's.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html

import { GetObjectCommand, HeadBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { createS3Client } from '../../../emulator/wire/create-s3-client.fixture.ts';

const ODD_KEYS = [
  'a b+c',
  'ü/é/\u{1f600}',
  'x&y<z>"q\'',
  '\ttab\n\r',
  '%41',
  'a//b',
  '/lead',
  'trail/',
  ' ',
  'a?b#c',
  '../x',
];

test.each([true, false])('any key comes back, with the bucket in the path: %s', async (forcePathStyle) => {
  const { client, run } = createS3Client({ forcePathStyle });
  for (const Key of ODD_KEYS) {
    await run(() => client.send(new PutObjectCommand({ Bucket: 'bucket', Key, Body: Key })));
    const body = await run(async () => {
      const object = await client.send(new GetObjectCommand({ Bucket: 'bucket', Key }));
      return object.Body?.transformToString();
    });

    expect(body).toBe(Key);
  }
});

test('a request to another Region is told the bucket’s', async () => {
  const { client, run, exchanges } = createS3Client({ region: 'eu-west-1' });

  await run(() => client.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'k' }))).catch(() => {});

  expect(exchanges[0]?.response).toMatchObject({ status: 301, headers: { 'x-amz-bucket-region': 'us-east-1' } });
  expect(exchanges[0]?.response.body.toString()).toContain('<Code>PermanentRedirect</Code>');
});

test('a client that follows redirects gets its answer', async () => {
  const { client, run } = createS3Client({ region: 'eu-west-1', followRegionRedirects: true });

  const head = await run(() => client.send(new HeadBucketCommand({ Bucket: 'bucket' })));

  expect(head.BucketRegion).toBe('us-east-1');
});
