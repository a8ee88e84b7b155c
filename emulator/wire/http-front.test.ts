import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../create-test-account.fixture.ts';
import { AwsError } from '../kernel/errors.ts';
import { createHttpFront } from './http-front.ts';
import type { HttpRequest } from './http-message.ts';
import { createSdkRequestHandler } from './sdk-request-handler.ts';

const KEY_ID = 'AKIATEST';

function createFront() {
  const account = createTestAccount();
  account.services.s3.createBucket('bucket');
  const front = createHttpFront({
    gateway: account.world.gateway,
    region: 'us-east-1',
    findPrincipal: (accessKeyId) => (accessKeyId === KEY_ID ? { kind: 'root' } : undefined),
  });
  const run = <T>(promise: Promise<T>) => account.world.clock.runUntilSettled(promise);
  const handle = async (request: Partial<HttpRequest>) => {
    const response = await run(
      front.handle({ method: 'GET', host: '', path: '/', query: {}, headers: {}, body: Buffer.alloc(0), ...request }),
    );
    return { ...response, text: response.body.toString() };
  };
  const config = {
    region: 'us-east-1',
    credentials: { accessKeyId: KEY_ID, secretAccessKey: 'secret' },
    requestHandler: createSdkRequestHandler({
      handle: (request) => account.outside.waitFor(() => front.handle(request)),
    }),
    maxAttempts: 1,
  };
  const send = async <T>(request: () => Promise<T>): Promise<T> => {
    account.outside.begin();
    return run(request().finally(() => account.outside.end()));
  };
  return { ...account, handle, config, send };
}

const sign = (service: string, { keyId = KEY_ID, region = 'us-east-1' } = {}) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`,
});

const hostOf = (service: string) => `${service}.us-east-1.amazonaws.com`;

describe('the front', () => {
  test.each([
    ['sqs', 'InvalidClientTokenId', 403],
    ['monitoring', 'InvalidClientTokenId', 403],
    ['kinesis', 'UnrecognizedClientException', 400],
    ['firehose', 'UnrecognizedClientException', 400],
    ['events', 'UnrecognizedClientException', 400],
    ['states', 'UnrecognizedClientException', 400],
    ['ssm', 'UnrecognizedClientException', 400],
    ['lambda', 'UnrecognizedClientException', 403],
    ['s3', 'InvalidAccessKeyId', 403],
  ])('answers an access key that is nobody’s as %s does: %s', async (service, code, status) => {
    const { handle } = createFront();

    const response = await handle({ host: hostOf(service), headers: sign(service, { keyId: 'AKIANOBODY' }) });

    expect(response.status).toBe(status);
    expect(`${response.text} ${response.headers['x-amzn-errortype'] ?? ''}`).toContain(code);
  });

  test.each([
    ['kinesis', 'MissingAuthenticationTokenException', 400],
    ['lambda', 'MissingAuthenticationTokenException', 403],
    ['s3', 'AccessDenied', 403],
  ])('refuses what is not signed as %s does', async (service, code, status) => {
    const { handle } = createFront();

    const response = await handle({ host: hostOf(service) });

    expect(response.status).toBe(status);
    expect(`${response.text} ${response.headers['x-amzn-errortype'] ?? ''}`).toContain(code);
  });

  test('refuses a signature for another service or Region', async () => {
    const { handle } = createFront();

    const otherService = await handle({ host: hostOf('ssm'), headers: sign('kinesis') });
    const otherRegion = await handle({ host: hostOf('s3'), headers: sign('s3', { region: 'eu-west-1' }) });

    expect(otherService.text).toContain('InvalidSignatureException');
    expect(otherRegion.text).toContain('<Code>AuthorizationHeaderMalformed</Code>');
  });

  test.each([
    ['ssm', { 'x-amz-target': 'AmazonSQS.GetParameter' }, '{}', 'UnknownOperationException', 400],
    ['ssm', {}, '{}', 'UnknownOperationException', 400],
    ['ssm', { 'x-amz-target': 'AmazonSSM.GetParameter' }, '{', 'SerializationException', 400],
    ['ssm', { 'x-amz-target': 'AmazonSSM.LabelParameterVersion' }, '{}', 'NotImplemented', 501],
  ])('answers %s with %j and %s by %s', async (service, headers, body, code, status) => {
    const { handle } = createFront();

    const response = await handle({
      method: 'POST',
      host: hostOf(service),
      headers: { ...sign(service), ...headers },
      body: Buffer.from(body),
    });

    expect(response.status).toBe(status);
    expect(JSON.parse(response.text)).toMatchObject({ __type: code });
  });

  test('names what is not modelled', async () => {
    const { handle } = createFront();
    const headers = { ...sign('ssm'), 'x-amz-target': 'AmazonSSM.GetParameter' };

    const response = await handle({ host: hostOf('ssm'), headers, body: Buffer.from('{"Name":"/a","Extra":1}') });

    expect(JSON.parse(response.text)).toEqual({
      __type: 'NotImplemented',
      message: 'GetParameter: parameter Extra is not modelled by the emulator',
    });
  });

  test('answers a fault of its own with its message, and never as AWS would', async () => {
    const { handle, world } = createFront();
    world.gateway.register({
      name: 'ssm',
      operations: [
        {
          name: 'GetParameter',
          prepare() {
            throw new RangeError('a bug');
          },
        },
      ],
    });
    const headers = { ...sign('ssm'), 'x-amz-target': 'AmazonSSM.GetParameter' };

    const response = await handle({ host: hostOf('ssm'), headers });

    expect(response.status).toBe(500);
    expect(JSON.parse(response.text)).toEqual({ __type: 'InternalFailure', message: 'a bug' });
  });

  test('tells the caller by the key, and gives each answer its request id', async () => {
    const { handle, world } = createFront();
    const callers: unknown[] = [];
    world.gateway.observe(({ caller }) => callers.push(caller));
    const headers = { ...sign('ssm'), 'x-amz-target': 'AmazonSSM.GetParameters' };

    const response = await handle({ host: hostOf('ssm'), headers, body: Buffer.from('{"Names":["/a"]}') });

    expect(callers).toEqual([{ kind: 'root' }]);
    expect(response.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('errors of services that once spoke AWS Query', () => {
  test('reach the SQS client under its class and their old code', async () => {
    const { config, send } = createFront();
    const sqs = new SQSClient(config);

    const error = await send(() => sqs.send(new GetQueueUrlCommand({ QueueName: 'none' }))).catch((caught) => caught);

    expect(error).toMatchObject({ name: 'QueueDoesNotExist', Code: 'AWS.SimpleQueueService.NonExistentQueue' });
  });

  test('reach the CloudWatch client by both names', async () => {
    const { config, send } = createFront();
    const cloudWatch = new CloudWatchClient(config);
    const time = new Date(0);
    const query = {
      Id: 'q',
      MetricStat: { Metric: { Namespace: 'N', MetricName: 'M' }, Period: 60, Stat: 'Sum' },
    };
    const command = new GetMetricDataCommand({ MetricDataQueries: [query], StartTime: time, EndTime: time });

    const error = await send(() => cloudWatch.send(command)).catch((caught) => caught);

    expect(error).toMatchObject({ name: 'ValidationException', Error: { Code: 'ValidationError', Type: 'Sender' } });
  });

  test('name a missing permission as SQS does', async () => {
    const { config, send, world } = createFront();
    world.gateway.register({
      name: 'sqs',
      operations: [
        {
          name: 'SendMessage',
          prepare() {
            throw new AwsError('AccessDeniedException', 'User: x is not authorized', { status: 400 });
          },
        },
      ],
    });
    const sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
    const command = new SendMessageCommand({
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/0/q',
      MessageBody: 'x',
    });

    await expect(send(() => sqs.send(command))).rejects.toMatchObject({ Error: { Code: 'AccessDenied' } });
  });

  test('come without the old code when the client does not ask for it', async () => {
    const { handle } = createFront();
    const headers = { ...sign('sqs'), 'x-amz-target': 'AmazonSQS.GetQueueUrl' };

    const response = await handle({ host: hostOf('sqs'), headers, body: Buffer.from('{"QueueName":"none"}') });

    expect(response.headers).not.toHaveProperty('x-amzn-query-error');
    expect(JSON.parse(response.text)).toMatchObject({ __type: 'QueueDoesNotExist' });
  });
});
