// SDK clients that know nothing but the endpoint talk to the emulator over sockets.

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalEndpoint, startLocalEndpoint } from './start-local-endpoint.ts';

const failures: unknown[] = [];
let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startLocalEndpoint({ port: 0, seed: 1, onFailure: (error) => failures.push(error) });
});
afterAll(() => endpoint.close());

const config = (changes: object = {}) => ({
  endpoint: endpoint.origin,
  region: endpoint.region,
  credentials: endpoint.credentials,
  maxAttempts: 1,
  ...changes,
});

describe('the local endpoint', () => {
  test('tells the services by the signature', async () => {
    const ssm = new SSMClient(config());
    await ssm.send(new PutParameterCommand({ Name: '/a', Value: 'b', Type: 'String' }));

    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/a' }));
    const { FailedEntryCount } = await new EventBridgeClient(config()).send(
      new PutEventsCommand({ Entries: [{ Source: 'a', DetailType: 'b', Detail: '{}' }] }),
    );

    expect(Parameter?.Value).toBe('b');
    expect(FailedEntryCount).toBe(0);
  });

  test('answers the Kinesis client over HTTP/2, which is that client’s default', async () => {
    const kinesis = new KinesisClient(config());

    await expect(kinesis.send(new ListShardsCommand({ StreamName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('answers for missing things as the service does', async () => {
    const s3 = new S3Client(config());

    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(new SQSClient(config()).send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  test('refuses keys that it did not give out', async () => {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };

    await expect(
      new SSMClient(config({ credentials })).send(new GetParameterCommand({ Name: '/a' })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  test('is one Region, and says so', async () => {
    const ssm = new SSMClient(config({ region: 'eu-west-1' }));

    await expect(ssm.send(new GetParameterCommand({ Name: '/a' }))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'ssm: Region eu-west-1 beside us-east-1 is not modelled by the emulator',
    });
  });

  test('names a service that is not modelled', async () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${endpoint.credentials.accessKeyId}/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

    const response = await fetch(endpoint.origin, { method: 'POST', headers: { authorization }, body: '{}' });

    expect(response.status).toBe(501);
    expect(await response.json()).toEqual({
      __type: 'NotImplemented',
      message: 'dynamodb: the service is not modelled by the emulator',
    });
  });

  test('refuses a port that is taken', async () => {
    const port = Number(new URL(endpoint.origin).port);

    await expect(startLocalEndpoint({ port, seed: 1, onFailure() {} })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('has nothing go wrong inside meanwhile', () => {
    expect(failures).toEqual([]);
  });
});
