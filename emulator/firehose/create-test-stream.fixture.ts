// A delivery stream with a function and a bucket, and what tests want to know of them.

import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';
import type { DestinationUpdate } from './settings.ts';

export const ECHO = `exports.handler = async ({ records }) => {
  console.log(records.length);
  return { records: records.map(({ recordId, data }) => ({ recordId, data, result: RESULT })) };
};`;

export interface TestStreamOptions {
  /** False: no function at all. */
  readonly transform?: { readonly seconds: number; readonly mbs?: number } | false;
  readonly s3Seconds?: number;
  readonly result?: string;
  readonly code?: string;
  readonly destination?: Partial<DestinationUpdate>;
  readonly hasBucket?: boolean;
  readonly seed?: number;
}

export function createTestStream(options: TestStreamOptions = {}) {
  const {
    transform = { seconds: 10 },
    s3Seconds = 60,
    result = '"Ok"',
    code = ECHO,
    hasBucket = true,
    seed = 1,
  } = options;
  const account = createTestAccount({ seed });
  const { firehose, s3 } = account.services;
  if (hasBucket) s3.createBucket('bucket');
  const functionArn = account.createFunction(code.replace('RESULT', result));
  const parameters = (settings: { seconds: number; mbs?: number }) => [
    { ParameterName: 'LambdaArn' as const, ParameterValue: functionArn },
    { ParameterName: 'BufferSizeInMBs' as const, ParameterValue: String(settings.mbs ?? 1) },
    { ParameterName: 'BufferIntervalInSeconds' as const, ParameterValue: String(settings.seconds) },
  ];
  firehose.createDeliveryStream({
    name: 'stream',
    destination: {
      RoleARN: 'arn:aws:iam::000000000000:role/firehose',
      BucketARN: 'arn:aws:s3:::bucket',
      Prefix: 'data/',
      ErrorOutputPrefix: 'errors/',
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: s3Seconds },
      ...(transform && {
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [{ Type: 'Lambda' as const, Parameters: parameters(transform) }],
        },
      }),
      ...options.destination,
    },
  });
  const call = (operation: string, input = {}) =>
    account.call('firehose', operation, { DeliveryStreamName: 'stream', ...input });
  const toRecord = (text: string) => ({ Data: Buffer.from(text).toString('base64') });
  const put = (...texts: string[]) => call('PutRecordBatch', { Records: texts.map(toRecord) });
  const list = async () =>
    (await account.call('s3', 'ListObjectsV2', { Bucket: 'bucket' })).Contents as {
      Key: string;
      LastModified: number;
    }[];
  const read = async (Key: string) => (await account.call('s3', 'GetObject', { Bucket: 'bucket', Key })).Body as Buffer;
  const readAll = async () => {
    const texts: string[] = [];
    for (const { Key } of await list()) texts.push(String(await read(Key)));
    return texts;
  };
  const calls: string[] = [];
  account.world.gateway.observe(({ service, operation }) => calls.push(`${service}.${operation}`));
  const sumMetric = (metricName: string) => {
    const minutes = account.world.metrics.read(
      { namespace: 'AWS/Firehose', metricName, dimensions: { DeliveryStreamName: 'stream' } },
      { startMs: START_MS, endMs: START_MS + 3_600_000, asOfMs: account.world.clock.now() },
    );
    return minutes.reduce((total, { sum }) => total + sum, 0);
  };
  const batches = () => account.services.lambda.logsOf('tested').map(Number);
  return { ...account, account, call, put, toRecord, list, read, readAll, calls, sumMetric, batches };
}
