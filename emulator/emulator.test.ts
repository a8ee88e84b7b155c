// A tiny app, written as the CDK would leave it behind, with real bundles and real SDK clients.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEmulator, type Emulator } from './emulator.ts';

const START_MS = Date.UTC(2026, 0, 1);

/** Stores each batch as one object, named by the messages' bodies. */
const HANDLER = `
  import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
  const s3 = new S3Client({});
  export const handler = async (event, context) => {
    const Key = 'arrivals/' + event.Records.map((record) => record.body).join('-');
    const Body = JSON.stringify({ nowMs: Date.now(), requestId: context.awsRequestId, ran: process.env.AWS_EXECUTION_ENV });
    await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET_NAME, Key, Body }));
  };
`;

const storedObject = z.object({ nowMs: z.number(), requestId: z.string(), ran: z.string() });
type StoredObject = z.output<typeof storedObject>;

const statement = (Action: unknown, ...Resource: unknown[]) => ({ Effect: 'Allow', Action, Resource });
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

function createTemplate(extraStatements: readonly object[]) {
  return {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket' },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60 } },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
          },
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'consume',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              statement(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], arnOf('Queue')),
              ...extraStatements,
            ],
          },
          Roles: [{ Ref: 'Role' }],
        },
      },
      Consume: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Bucket: { 'Fn::Sub': `assets-\${AWS::AccountId}` }, S3Key: 'consume.zip' },
          Environment: { Variables: { BUCKET_NAME: { Ref: 'Bucket' } } },
          Handler: 'index.handler',
          MemorySize: 512,
          Role: arnOf('Role'),
          Runtime: 'nodejs24.x',
          Timeout: 10,
        },
        DependsOn: ['Policy'],
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { BatchSize: 10, EventSourceArn: arnOf('Queue'), FunctionName: { Ref: 'Consume' } },
      },
    },
    Outputs: {
      BucketName: { Value: { Ref: 'Bucket' } },
      QueueUrl: { Value: { Ref: 'Queue' } },
      FunctionName: { Value: { Ref: 'Consume' } },
    },
  };
}

const PUT_OBJECTS = statement('s3:PutObject', { 'Fn::Sub': `\${Bucket.Arn}/arrivals/*` });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assembly-'));
  await build({
    stdin: { contents: HANDLER, resolveDir: import.meta.dirname },
    outfile: join(folder, 'asset.consume', 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    logLevel: 'error',
  });
  const artifacts: Record<string, unknown> = {
    assets: { type: 'cdk:asset-manifest', properties: { file: 'assets.json' } },
  };
  for (const [stackName, statements] of [
    ['tiny', [PUT_OBJECTS]],
    ['powerless', []],
  ] as const) {
    const templateFile = `${stackName}.template.json`;
    artifacts[stackName] = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile },
      dependencies: ['assets'],
    };
    await writeFile(join(folder, templateFile), JSON.stringify(createTemplate(statements)));
  }
  const destination = { bucketName: `assets-\${AWS::AccountId}`, objectKey: 'consume.zip' };
  const files = {
    consume: { source: { path: 'asset.consume', packaging: 'zip' }, destinations: { here: destination } },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ version: '55.0.0', artifacts }));
  await writeFile(join(folder, 'assets.json'), JSON.stringify({ version: '55.0.0', files }));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(stackName: string, seed = 1) {
  const emulator = createEmulator({ seed, startMs: START_MS });
  const invocations: unknown[] = [];
  emulator.onInvocation((invocation) => invocations.push(invocation));
  const { outputs } = await emulator.deploy(folder, stackName);
  const { BucketName: Bucket = '', QueueUrl = '', FunctionName = '' } = outputs;
  const sqs = createQueueClient(emulator);
  for (const MessageBody of ['a', 'b']) {
    await emulator.runUntilSettled(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })));
  }
  await emulator.clock.runUntil(START_MS + 30_000);
  return { emulator, invocations, functionName: FunctionName, objects: await readObjects(emulator, Bucket) };
}

/** Queue URLs have a host of their own, of which the client would warn. */
function createQueueClient(emulator: Emulator): SQSClient {
  return new SQSClient({ ...emulator.clientConfig(), useQueueUrlAsEndpoint: false });
}

async function readObjects(emulator: Emulator, Bucket: string): Promise<Record<string, StoredObject>> {
  const s3 = new S3Client(emulator.clientConfig());
  const { Contents = [] } = await emulator.runUntilSettled(s3.send(new ListObjectsV2Command({ Bucket })));
  const objects: Record<string, StoredObject> = {};
  for (const { Key = '' } of Contents) {
    const { Body } = await emulator.runUntilSettled(s3.send(new GetObjectCommand({ Bucket, Key })));
    objects[Key] = storedObject.parse(JSON.parse((await Body?.transformToString()) ?? ''));
  }
  return objects;
}

describe('the emulator', () => {
  it("runs a stack's function on what comes through its queue, in virtual time", async () => {
    const { objects, invocations, functionName } = await run('tiny');

    const bodies = Object.keys(objects).flatMap((key) => key.replace('arrivals/', '').split('-'));
    expect(bodies.sort()).toEqual(['a', 'b']);
    for (const object of Object.values(objects)) {
      expect(object.ran).toBe('Emulated_AWS_Lambda_nodejs24.x/seed=1');
      expect(object.nowMs).toBeGreaterThan(START_MS);
      expect(object.nowMs).toBeLessThan(START_MS + 10_000);
    }
    expect(invocations.length).toBe(Object.keys(objects).length);
    expect(invocations[0]).toMatchObject({ functionName, failed: false, memorySizeMb: 512 });
  });

  it('gives the same run for the same seed, and another for another', async () => {
    const [first, second, other] = [await run('tiny', 7), await run('tiny', 7), await run('tiny', 8)];

    expect(second.objects).toEqual(first.objects);
    expect(second.invocations).toEqual(first.invocations);
    expect(other.invocations).not.toEqual(first.invocations);
  });

  it('fails a call for which the role has no permission, and says which', async () => {
    const { objects, invocations, emulator, functionName } = await run('powerless');

    expect(objects).toEqual({});
    expect(invocations[0]).toMatchObject({ failed: true });
    expect(emulator.logsOf(functionName).join('\n')).toMatch(
      /assumed-role\/powerless-Role-\w+\/powerless-Consume-\w+ is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::powerless-bucket-\w+\/arrivals\/[ab]" because no identity-based policy allows/,
    );
  });

  it('tells of every call with what it needed', async () => {
    const emulator = createEmulator({ seed: 1, startMs: START_MS });
    const { outputs } = await emulator.deploy(folder, 'tiny');
    const calls: unknown[] = [];
    emulator.onCall((call) => calls.push(call));

    const sqs = createQueueClient(emulator);
    await emulator.runUntilSettled(
      sqs.send(new SendMessageCommand({ QueueUrl: outputs.QueueUrl ?? '', MessageBody: 'a' })),
    );

    expect(calls).toContainEqual({
      service: 'sqs',
      operation: 'SendMessage',
      caller: { kind: 'root' },
      needs: [{ action: 'sqs:SendMessage', resource: expect.stringMatching(/^arn:aws:sqs:.*:tiny-Queue-/) }],
    });
  });

  it('is bootstrapped for the CDK', async () => {
    const emulator = createEmulator({ seed: 1, startMs: START_MS });
    const ssm = new SSMClient(emulator.clientConfig());

    const { Parameter } = await emulator.runUntilSettled(
      ssm.send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' })),
    );

    expect(Number(Parameter?.Value)).toBeGreaterThanOrEqual(6);
  });

  it('refuses to deploy a stack twice, and to guess which of several is meant', async () => {
    const emulator = createEmulator({ seed: 1, startMs: START_MS });
    await emulator.deploy(folder, 'tiny');

    await expect(emulator.deploy(folder, 'tiny')).rejects.toThrow(
      'stack tiny: an update of a stack is not modelled by the emulator',
    );
    await expect(emulator.deploy(folder)).rejects.toThrow(
      `${folder} has the stacks tiny, powerless; name one of them, got nothing`,
    );
  });
});
