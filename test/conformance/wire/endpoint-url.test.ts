// Rule: clients that are given one endpoint for all services send each request there, signed for the service that it is for.
// Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html

import { CreateStreamCommand, DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalEndpoint, startLocalEndpoint } from '../../../emulator/server/start-local-endpoint.ts';

let endpoint: LocalEndpoint;
const failures: unknown[] = [];

beforeAll(async () => {
  endpoint = await startLocalEndpoint({ port: 0, seed: 1, onFailure: (error) => failures.push(error) });
  process.env.AWS_ENDPOINT_URL = endpoint.origin;
});
afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL;
  await endpoint.close();
});

const config = () => ({ region: endpoint.region, credentials: endpoint.credentials });

test('a queue’s URL leads back to the endpoint', async () => {
  const sqs = new SQSClient(config());

  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'over a socket' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));

  expect(QueueUrl).toBe(`${endpoint.origin}/000000000000/queue`);
  expect(Messages?.[0]?.Body).toBe('over a socket');
});

test('S3, Kinesis over HTTP/2 and STS answer at the same address', async () => {
  const s3 = new S3Client({ ...config(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'a/b c', Body: 'bytes' }));
  const kinesis = new KinesisClient(config());
  await kinesis.send(new CreateStreamCommand({ StreamName: 'stream', ShardCount: 2 }));

  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'a/b c' }));
  const { StreamDescriptionSummary } = await kinesis.send(new DescribeStreamSummaryCommand({ StreamName: 'stream' }));
  const identity = await new STSClient(config()).send(new GetCallerIdentityCommand({}));

  expect(await Body?.transformToString()).toBe('bytes');
  expect(StreamDescriptionSummary?.OpenShardCount).toBe(2);
  expect(identity.Account).toBe('000000000000');
  expect(failures).toEqual([]);
});
