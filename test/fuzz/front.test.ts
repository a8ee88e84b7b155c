// Whatever comes over HTTP is answered within what AWS could have said. At least 10,000 requests, the same ones every time.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../emulator/kernel/operation.ts';
import { ENDPOINT_NAMES } from '../../emulator/wire/endpoint.ts';
import type { HttpRequest } from '../../emulator/wire/http-message.ts';
import { arbitraryInput, TEXTS } from './arbitrary-input.ts';
import { createFuzzedAccount } from './create-fuzzed-account.fixture.ts';

const SEED = 20_261_124;
const REQUESTS = 10_000;

/** What X-Amz-Target begins with, for the services that go by it. */
const TARGETS = {
  events: { service: 'eventbridge', prefix: 'AWSEvents' },
  firehose: { service: 'firehose', prefix: 'Firehose_20150804' },
  kinesis: { service: 'kinesis', prefix: 'Kinesis_20131202' },
  monitoring: { service: 'cloudwatch', prefix: 'GraniteServiceVersion20100801' },
  sqs: { service: 'sqs', prefix: 'AmazonSQS' },
  ssm: { service: 'ssm', prefix: 'AmazonSSM' },
  states: { service: 'sfn', prefix: 'AWSStepFunctions' },
} as const;

const SUBRESOURCES = [
  'uploads',
  'uploadId',
  'partNumber',
  'list-type',
  'delete',
  'prefix',
  'max-keys',
  'tagging',
  'acl',
  'location',
  'versions',
  'delimiter',
  'encoding-type',
];
const SEGMENTS = ['bucket', 'key', 'functions', 'invocations', 'event-source-mappings', '2015-03-31', 'tested', ''];
const HEADER_NAMES = [
  'content-type',
  'content-encoding',
  'content-md5',
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'x-amz-checksum-crc32',
  'x-amz-decoded-content-length',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-trailer',
  'x-amz-invocation-type',
  'x-amz-copy-source',
  'expect',
  'transfer-encoding',
];
const HEADER_VALUES = ['aws-chunked', 'bytes=0-', 'bytes=-0', 'bytes=5-1', '"etag"', '*', 'Event', '/bucket/key'];
const BODIES = [
  '',
  '{',
  '[]',
  'null',
  '<Delete>',
  '<CompleteMultipartUpload/>',
  '<a><b></a>',
  '5\r\nhello\r\n0\r\n\r\n',
  'Action=X&Version=1',
];

const { services } = createFuzzedAccount();

type Changes = Partial<HttpRequest>;

/** An operation of a service with AWS JSON, spelt right. */
const jsonRequests: fc.Arbitrary<Changes> = fc.oneof(
  ...Object.entries(TARGETS).flatMap(([endpoint, { service, prefix }]): fc.Arbitrary<Changes>[] => {
    const found = Object.values(services).find((candidate) => candidate.service.name === service);
    return (found?.service.operations ?? []).map((operation: Operation) =>
      arbitraryInput(operation).map((input) => ({
        method: 'POST',
        host: hostOf(endpoint),
        headers: { 'x-amz-target': `${prefix}.${operation.name}` },
        body: Buffer.from(JSON.stringify(input) ?? ''),
      })),
    );
  }),
);

const bodies = fc.oneof(
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(...BODIES).map((text) => Buffer.from(text)),
);
const paths = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('/bucket', '/bucket/key', '/', '/none/key') },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...SEGMENTS), TEXTS), { maxLength: 5 })
      .map((parts) => `/${parts.map(encodeLeniently).join('/')}`),
  },
  { weight: 1, arbitrary: fc.string().map((text) => `/${text}`) },
);

/** Anything at all, mostly with a path and a body that S3 or Lambda could understand. */
const restRequests: fc.Arbitrary<Changes> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH'),
  host: fc.oneof(
    { weight: 4, arbitrary: fc.constant(hostOf('s3')) },
    { weight: 1, arbitrary: fc.constantFrom(...ENDPOINT_NAMES).map(hostOf) },
  ),
  path: paths,
  query: fc.dictionary(fc.constantFrom(...SUBRESOURCES), TEXTS, { maxKeys: 2 }),
  headers: fc.dictionary(fc.constantFrom(...HEADER_NAMES), fc.oneof(fc.constantFrom(...HEADER_VALUES), TEXTS), {
    maxKeys: 3,
  }),
  body: bodies,
});

describe('the front', () => {
  test(`answers ${REQUESTS} requests that make little sense`, async () => {
    const { front, world, pass } = createFuzzedAccount();
    const requests = fc.tuple(fc.oneof(jsonRequests, restRequests), fc.integer({ min: 0, max: 9 }));

    await fc.assert(
      fc.asyncProperty(requests, async ([changes, draw]) => {
        const isSigned = draw > 0;
        const request = sign(
          { method: 'GET', host: '', path: '/', query: {}, headers: {}, body: Buffer.alloc(0), ...changes },
          isSigned,
        );
        const { status, body } = await world.clock.runUntilSettled(front.handle(request));
        expect(status).toBeGreaterThanOrEqual(200);
        if (status === 500) throw new Error(`500 ${body}`);
      }),
      { seed: SEED, numRuns: REQUESTS, endOnFailure: true },
    );
    await pass(3_600_000);
  });
});

function sign(request: HttpRequest, isSigned: boolean): HttpRequest {
  if (!isSigned) return request;
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/${request.host.split('.')[0]}/aws4_request, Signature=00`;
  return { ...request, headers: { ...request.headers, authorization } };
}

function hostOf(endpoint: string): string {
  return `${endpoint}.us-east-1.amazonaws.com`;
}

function encodeLeniently(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%ZZ';
  }
}
