// A bundle as it deploys, with the real AWS SDK in it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccountServices } from '../../account-services.ts';
import { MetricStore } from '../../cloudwatch/metric-store.ts';
import type { Principal } from '../../kernel/access.ts';
import { createWorld } from '../../kernel/create-world.ts';
import { createHttpFront } from '../../wire/http-front.ts';
import { createInProcessHttpModule } from '../../wire/in-process-http.ts';

const ROLE = { kind: 'role', roleArn: 'arn:aws:iam::000000000000:role/test', sessionName: 'tested' } as const;
const HANDLER = `
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
const s3 = new S3Client({});
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
export const handler = async ({ Bucket, QueueUrl }) => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'body' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'key' }));
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'message' }));
  const missing = await s3.send(new GetObjectCommand({ Bucket, Key: 'missing' })).catch((error) => error.name);
  return { body: await Body.transformToString(), MessageId, missing };
};`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sdk-'));
  await build({
    stdin: { contents: HANDLER, resolveDir: import.meta.dirname },
    outfile: join(folder, 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    logLevel: 'silent',
  });
});
afterAll(() => rm(folder, { recursive: true }));

async function run(seed: number) {
  const callers: Principal[] = [];
  const world = createWorld({
    seed,
    startMs: Date.UTC(2026, 0, 1),
    region: 'us-east-1',
    accountId: '000000000000',
    access: {
      authorize(caller, { action }) {
        // Lambda asks for itself whether the role may log.
        if (!action.startsWith('logs:')) callers.push(caller);
      },
    },
    metrics: (clock, latency) => new MetricStore(clock, latency),
    settle: () => services.lambda.settle(),
  });
  const front = createHttpFront({
    gateway: world.gateway,
    region: 'us-east-1',
    findPrincipal: (accessKeyId) => (accessKeyId === 'ASIATEST' ? ROLE : undefined),
  });
  const services = createAccountServices(world, (hooks) => createInProcessHttpModule(front, hooks));
  services.s3.createBucket('bucket');
  const { queueUrl } = services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 30 });
  const tested = services.lambda.createFunction(
    {
      name: 'tested',
      roleArn: ROLE.roleArn,
      memorySizeMb: 512,
      timeoutSeconds: 30,
      codeFolder: folder,
      handler: 'index.handler',
      environment: {},
      logging: { format: 'Text', logGroup: '/aws/lambda/tested' },
    },
    { accessKeyId: 'ASIATEST', secretAccessKey: 'secret', sessionToken: 'token' },
  );
  const records: unknown[] = [];
  services.lambda.onInvocation((record) => records.push(record));
  const payload = Buffer.from(JSON.stringify({ Bucket: 'bucket', QueueUrl: queueUrl }));
  const outcome = await world.clock.runUntilSettled(services.lambda.runOnce(tested, 'request', payload));
  return { answer: JSON.parse(String(outcome.payload)), records, callers, logs: services.lambda.logsOf('tested') };
}

test("a handler's SDK calls reach the emulated services as its role, in virtual time", async () => {
  const { answer, records, callers, logs } = await run(1);

  expect(answer).toEqual({ body: 'body', MessageId: expect.any(String), missing: 'NoSuchKey' });
  // Four calls, and whether the role may list the bucket that has no such key.
  expect(callers).toEqual([ROLE, ROLE, ROLE, ROLE, ROLE]);
  expect(records).toMatchObject([{ outcome: 'succeeded', coldStart: true, durationMs: expect.any(Number) }]);
  expect(logs).toEqual([]);
});

test('the same seed makes the same run, byte for byte', async () => {
  const [one, again, other] = [await run(5), await run(5), await run(6)];

  expect(JSON.stringify(again)).toBe(JSON.stringify(one));
  expect(JSON.stringify(other)).not.toBe(JSON.stringify(one));
});
