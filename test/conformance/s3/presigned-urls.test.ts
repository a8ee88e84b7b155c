// Rule: a URL that carries its signature is good until it expires; the headers that it stands for may be in its query.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html

import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createS3Client } from '../../../emulator/wire/create-s3-client.fixture.ts';

const SIGNED_AT_START = {
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': 'AKIATEST/20260101/us-east-1/s3/aws4_request',
  'X-Amz-Date': '20260101T000000Z',
  'X-Amz-Expires': '60',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': '00',
};

async function createObject() {
  const s3 = createS3Client();
  await s3.run(() => s3.client.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'k', Body: 'body' })));
  return s3;
}

describe('a presigned URL', () => {
  test('gives the object, with the headers that it asks for', async () => {
    const { send } = await createObject();

    const response = await send({ path: '/k', query: { ...SIGNED_AT_START, 'response-content-type': 'a/b' } });

    expect(response).toMatchObject({ status: 200, text: 'body', headers: { 'content-type': 'a/b' } });
  });

  test('puts an object, with the metadata in its query', async () => {
    const { send } = await createObject();
    const query = { ...SIGNED_AT_START, 'x-amz-meta-colour': 'red' };

    await send({ method: 'PUT', path: '/new', query, body: Buffer.from('x') });

    const response = await send({ method: 'HEAD', path: '/new', query: SIGNED_AT_START });
    expect(response.headers).toMatchObject({ 'content-length': '1', 'x-amz-meta-colour': 'red' });
  });

  test.each([
    [58_000, 200],
    [60_000, 403],
  ])('that is good for a minute is answered after %i ms by %i', async (waitMs, status) => {
    const { send, world } = await createObject();
    await world.clock.runUntil(Date.UTC(2026, 0, 1) + waitMs);

    const response = await send({ path: '/k', query: SIGNED_AT_START });

    expect(response.status).toBe(status);
    if (status === 403) expect(response.text).toContain('<Message>Request has expired</Message>');
  });

  test('is good for a week at most', async () => {
    const { send } = await createObject();

    const response = await send({ path: '/k', query: { ...SIGNED_AT_START, 'X-Amz-Expires': '604801' } });

    expect(response.text).toContain('<Code>AuthorizationQueryParametersError</Code>');
  });

  test('of an access key that is nobody’s is refused', async () => {
    const { send } = await createObject();
    const credential = 'AKIANOBODY/20260101/us-east-1/s3/aws4_request';

    const response = await send({ path: '/k', query: { ...SIGNED_AT_START, 'X-Amz-Credential': credential } });

    expect(response.text).toContain('<Code>InvalidAccessKeyId</Code>');
  });

  test('with a signature of version 2, as boto3 makes it, is good until its Expires', async () => {
    const { send, world } = await createObject();
    const endSeconds = Date.UTC(2026, 0, 1) / 1000 + 60;
    const query = { AWSAccessKeyId: 'AKIATEST', Signature: '00', Expires: String(endSeconds) };

    const early = await send({ path: '/k', query });
    await world.clock.runUntil(endSeconds * 1000);
    const late = await send({ path: '/k', query });

    expect([early.status, late.status]).toEqual([200, 403]);
  });
});
