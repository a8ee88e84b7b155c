// Rule: a function's code is a ZIP archive in a bucket, which whoever makes the function has to be allowed to read.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createTestStacks } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const Bucket = 'cdk-hnb659fds-assets-000000000000-us-east-1';
const Capabilities = ['CAPABILITY_IAM' as const];
const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    },
  },
};

const templateOf = (S3Key: string) => ({
  Resources: {
    Role: ROLE,
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'f',
        Code: { S3Bucket: Bucket, S3Key },
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Runtime: 'nodejs24.x',
      },
    },
  },
});

function createPublished(archives: Readonly<Record<string, Uint8Array>>) {
  const stacks = createTestStacks();
  const s3 = new S3Client(stacks.config);
  const failure = async () =>
    (await stacks.listEvents('tiny')).find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')
      ?.ResourceStatusReason;
  const { accessKeyId } = stacks.config.credentials;
  const invoke = async () => {
    const { response } = await stacks.run(
      stacks.config.requestHandler.handle({
        method: 'POST',
        hostname: 'lambda.us-east-1.amazonaws.com',
        path: '/2015-03-31/functions/f/invocations',
        headers: { authorization: `Credential=${accessKeyId}/20260101/us-east-1/lambda/aws4_request` },
      }),
    );
    return Buffer.concat(await response.body.toArray()).toString();
  };
  return {
    ...stacks,
    failure,
    invoke,
    async publish() {
      for (const [Key, Body] of Object.entries(archives)) {
        await stacks.run(s3.send(new PutObjectCommand({ Bucket, Key, Body })));
      }
    },
  };
}

const pack = (path: string, code: string) => zipSync({ [path]: strToU8(code) });

describe('a function’s code', () => {
  test('comes from its archive, and from another one after an update', async () => {
    const { publish, create, update, pass, invoke } = createPublished({
      'one.zip': pack('index.js', 'exports.handler = async () => 1;'),
      'two.zip': pack('index.js', 'exports.handler = async () => 2;'),
    });
    await publish();

    await create(templateOf('one.zip'), { Capabilities });
    await pass();
    expect(await invoke()).toBe('1');
    await update(templateOf('two.zip'), { Capabilities });
    await pass();

    expect(await invoke()).toBe('2');
  });

  test.each([
    ['is not there', 'none.zip', 'The specified key does not exist.'],
    ['is no archive', 'text.zip', 'Could not unzip uploaded file.'],
    ['leads out of its folder', 'evil.zip', '../index.js leads out of it'],
  ])('fails the function when it %s', async (_claim, key, message) => {
    const { publish, create, pass, failure } = createPublished({
      'text.zip': strToU8('no archive'),
      'evil.zip': pack('../index.js', ''),
    });
    await publish();

    await create(templateOf(key), { Capabilities });
    await pass();

    expect(await failure()).toContain(message);
  });
});
