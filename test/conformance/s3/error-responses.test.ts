// Rule: an error is XML with its code, message, what it is about and the request's ids, which the headers have too; the answer
//   to HEAD has no body.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html

import { expect, test } from 'vitest';
import { createS3Client } from '../../../emulator/wire/create-s3-client.fixture.ts';

const AUTHORIZATION = 'AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/s3/aws4_request, Signature=00';
const headers = { authorization: AUTHORIZATION };

test('an error names what it is about, and its request', async () => {
  const { send } = createS3Client();

  const response = await send({ path: '/none', headers });

  const { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId } = response.headers;
  expect(requestId).toMatch(/^[0-9A-F]{16}$/);
  expect(response).toMatchObject({ status: 404, headers: { 'content-type': 'application/xml' } });
  expect(response.text).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.' +
      `</Message><Key>none</Key><RequestId>${requestId}</RequestId><HostId>${hostId}</HostId></Error>`,
  );
});

test('the answer to HEAD has no body', async () => {
  const { send } = createS3Client();

  const response = await send({ method: 'HEAD', path: '/none', headers });

  expect(response).toMatchObject({ status: 404, text: '' });
});

test.each([
  ['DELETE', '/none', {}, '', 204],
  ['GET', '/%E0', {}, 'InvalidURI', 400],
  ['GET', '/', { 'max-keys': 'many' }, 'InvalidArgument', 400],
  ['GET', '/', { 'list-type': '2', 'encoding-type': 'gzip' }, 'InvalidArgument', 400],
  ['POST', '/', { delete: '' }, 'MalformedXML', 400],
])('%s %s with %j: %s %i', async (method, path, query, code, status) => {
  const { send } = createS3Client();

  const response = await send({ method, path, query, headers });

  expect(response.status).toBe(status);
  expect(response.text).toContain(code);
});

test('a body that is not the one that was signed for is refused', async () => {
  const { send } = createS3Client();

  const response = await send({
    method: 'PUT',
    path: '/k',
    headers: { ...headers, 'x-amz-content-sha256': '0'.repeat(64) },
    body: Buffer.from('x'),
  });

  expect(response.text).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
});

test.each([
  ['no checksum', {}, 'InvalidRequest', 400],
  ['the checksum of another body', { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'BadDigest', 400],
  ['its checksum', { 'content-md5': '5DKh5iefM5MSKvRILIuFwQ==' }, 'DeleteResult', 200],
])('a deletion of many objects with %s (%j): %s', async (_claim, given, text, status) => {
  const { send } = createS3Client();

  const response = await send({
    method: 'POST',
    path: '/',
    query: { delete: '' },
    headers: { ...headers, ...given },
    body: Buffer.from('<Delete><Object><Key>k</Key></Object></Delete>'),
  });

  expect(response.status).toBe(status);
  expect(response.text).toContain(text);
});
