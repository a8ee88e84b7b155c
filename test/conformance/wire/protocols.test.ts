// Rule: each service answers, and refuses, in its own protocol, with the request's id in either.
// Source: https://smithy.io/2.0/aws/protocols/index.html

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';
import { createHttpFront } from '../../../emulator/wire/http-front.ts';
import type { HttpRequest } from '../../../emulator/wire/http-message.ts';

function createFront() {
  const { world, services } = createTestAccount();
  services.s3.createBucket('bucket');
  const front = createHttpFront({
    gateway: world.gateway,
    region: 'us-east-1',
    findPrincipal: () => ({ kind: 'root' }),
  });
  return async (service: string, request: Partial<HttpRequest>) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/${service}/aws4_request, Signature=00`;
    const response = await world.clock.runUntilSettled(
      front.handle({
        method: 'POST',
        host: `${service}.us-east-1.amazonaws.com`,
        path: '/',
        query: {},
        body: Buffer.alloc(0),
        ...request,
        headers: { authorization, ...request.headers },
      }),
    );
    return { ...response, text: response.body.toString() };
  };
}

const JSON_SERVICES = [
  ['sqs', 'AmazonSQS.ListQueues', 'AmazonSQS.GetQueueUrl', '{"QueueName":"none"}', '1.0'],
  [
    'states',
    'AWSStepFunctions.ListStateMachines',
    'AWSStepFunctions.DescribeExecution',
    '{"executionArn":"none"}',
    '1.0',
  ],
  ['kinesis', 'Kinesis_20131202.ListStreams', 'Kinesis_20131202.ListShards', '{"StreamName":"none"}', '1.1'],
  [
    'firehose',
    'Firehose_20150804.ListDeliveryStreams',
    'Firehose_20150804.DescribeDeliveryStream',
    '{"DeliveryStreamName":"none"}',
    '1.1',
  ],
  ['events', 'AWSEvents.ListEventBuses', 'AWSEvents.DescribeRule', '{"Name":"none"}', '1.1'],
  ['ssm', 'AmazonSSM.DescribeParameters', 'AmazonSSM.GetParameter', '{"Name":"/none"}', '1.1'],
  ['logs', 'Logs_20140328.DescribeLogGroups', 'Logs_20140328.DescribeLogStreams', '{"logGroupName":"none"}', '1.1'],
] as const;

describe.each(JSON_SERVICES)('%s', (service, listing, failing, failingBody, version) => {
  const type = `application/x-amz-json-${version}`;

  test('answers in AWS JSON', async () => {
    const send = createFront();

    const response = await send(service, { headers: { 'x-amz-target': listing }, body: Buffer.from('{}') });

    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({ 'content-type': type, 'x-amzn-requestid': expect.any(String) });
    expect(JSON.parse(response.text)).toBeTypeOf('object');
  });

  test('names its errors in the body', async () => {
    const send = createFront();

    const response = await send(service, { headers: { 'x-amz-target': failing }, body: Buffer.from(failingBody) });

    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.headers).toMatchObject({ 'content-type': type, 'x-amzn-requestid': expect.any(String) });
    expect(JSON.parse(response.text)).toEqual({ __type: expect.any(String), message: expect.any(String) });
  });
});

describe('lambda', () => {
  test('answers in JSON by paths, and names its errors in a header', async () => {
    const send = createFront();

    const answer = await send('lambda', { method: 'GET', path: '/2015-03-31/functions/' });
    const error = await send('lambda', { method: 'GET', path: '/2015-03-31/functions/none' });

    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { Functions: [] }]);
    expect(error.status).toBe(404);
    expect(error.headers).toMatchObject({
      'x-amzn-errortype': 'ResourceNotFoundException',
      'x-amzn-requestid': expect.any(String),
    });
    expect(JSON.parse(error.text)).toEqual({ Type: 'User', Message: expect.stringContaining('Function not found') });
  });
});

describe('s3', () => {
  test('answers in XML by paths', async () => {
    const send = createFront();

    const answer = await send('s3', { method: 'GET', path: '/bucket', query: { 'list-type': '2' } });
    const error = await send('s3', { method: 'GET', path: '/bucket/none' });

    expect(answer.text).toContain('<ListBucketResult');
    expect(answer.headers).toMatchObject({ 'content-type': 'application/xml', 'x-amz-request-id': expect.any(String) });
    expect(error.text).toContain('<Error><Code>NoSuchKey</Code>');
    expect(error.headers).toHaveProperty('x-amz-request-id');
  });
});

describe('monitoring', () => {
  test('answers in CBOR to whoever asks so', async () => {
    const send = createFront();

    const answer = await send('monitoring', {
      path: '/service/GraniteServiceVersion20100801/operation/ListMetrics',
      headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
    });

    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' });
  });
});
