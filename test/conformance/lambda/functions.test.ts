// Rule: functions are described and listed by name, their concurrency is reserved from the account's, and a deleted one is gone.
// Source: https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';

const FunctionName = 'tested';

function createFunctions(count = 0) {
  const account = createTestAccount();
  const arn = account.createFunction('exports.handler = async () => 1;', { environment: { A: 'b' } });
  for (let index = 0; index < count; index++) {
    account.createFunction('exports.handler = async () => 1;', { name: `f${100 + index}` });
  }
  return { ...account, arn, call: (operation: string, input: object) => account.call('lambda', operation, input) };
}

describe('getFunction', () => {
  test.each([
    ['name', 'tested'],
    ['ARN', 'arn:aws:lambda:us-east-1:000000000000:function:tested'],
  ])('tells the settings of a function by its %s', async (_how, nameOrArn) => {
    const { call, arn } = createFunctions();

    const { Configuration, Code } = await call('GetFunction', { FunctionName: nameOrArn });

    expect(Code).toEqual({ RepositoryType: 'S3' });
    expect(Configuration).toMatchObject({
      FunctionName,
      FunctionArn: arn,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: 30,
      CodeSize: 32,
      CodeSha256: expect.stringMatching(/^\S{43}=$/),
      LastModified: '2026-01-01T00:00:00.000+0000',
      Environment: { Variables: { A: 'b' } },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/tested' },
      State: 'Active',
    });
    expect(await call('GetFunctionConfiguration', { FunctionName: nameOrArn })).toEqual(Configuration);
  });

  test('refuses a version by name', async () => {
    const { call } = createFunctions();

    await expect(call('GetFunction', { FunctionName, Qualifier: '1' })).rejects.toMatchObject({
      name: 'UnsupportedFeatureError',
    });
  });
});

test('listFunctions gives 50 at a time, by name', async () => {
  const { call } = createFunctions(50);

  const first = await call('ListFunctions', {});
  const second = await call('ListFunctions', { Marker: first.NextMarker });

  expect(first.Functions).toHaveLength(50);
  expect(second).toMatchObject({ Functions: [{ FunctionName }] });
  expect(second.NextMarker).toBeUndefined();
  await expect(call('ListFunctions', { Marker: 'x' })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
  });
});

test('a reservation is told of, and lowers what the account has left', async () => {
  const { call } = createFunctions();
  const readLeft = async () => (await call('GetAccountSettings', {})).AccountLimit;

  expect(await call('GetFunctionConcurrency', { FunctionName })).toEqual({});
  await call('PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 300 });
  await call('PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions: 900 });

  expect(await call('GetFunctionConcurrency', { FunctionName })).toEqual({ ReservedConcurrentExecutions: 900 });
  expect((await call('GetFunction', { FunctionName })).Concurrency).toEqual({ ReservedConcurrentExecutions: 900 });
  expect(await readLeft()).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 });
  await call('DeleteFunctionConcurrency', { FunctionName });
  expect(await readLeft()).toMatchObject({ UnreservedConcurrentExecutions: 1000 });
});

test('a function with an event source mapping is not deleted before it', async () => {
  const { call, services } = createFunctions();
  const { queueArn } = services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 30 });
  services.lambda.mappings.create({
    functionName: 'tested',
    eventSourceArn: queueArn,
    batchSize: 1,
    windowSeconds: 0,
    reportBatchItemFailures: false,
  });

  await expect(call('DeleteFunction', { FunctionName })).rejects.toMatchObject({ name: 'UnsupportedFeatureError' });
});

test('a deleted function is gone, and what runs of it may finish', async () => {
  const { call, world, invocations, services, createFunction } = createFunctions();
  const running = services.lambda.runOnce(services.lambda.findFunction('tested'), 'request', Buffer.from('{}'));

  await call('DeleteFunction', { FunctionName });

  await expect(call('GetFunction', { FunctionName })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
    status: 404,
  });
  await world.clock.runUntilSettled(running);
  expect(invocations).toMatchObject([{ outcome: 'succeeded' }]);
  createFunction('exports.handler = async () => 2;');
  expect(String((await call('Invoke', { FunctionName })).Payload)).toBe('2');
});
