// Rule: an SDK integration calls an operation as the state machine’s role, spells its names as the SDK does and names
//   its errors after the client.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html

import { describe, expect, test } from 'vitest';
import { AwsError, UnsupportedFeatureError } from '../../../emulator/kernel/errors.ts';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

const INVOKE = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: { n: '{% $states.input.n %}' } },
  End: true,
};

function machine(task: object, others: object = {}) {
  return { StartAt: 'T', States: { T: { ...INVOKE, ...task }, ...others } };
}

describe('an SDK integration', () => {
  const sdk = (service: string, action: string, args: object) =>
    machine({ Resource: `arn:aws:states:::aws-sdk:${service}:${action}`, Arguments: args });

  test.each<[string, unknown, string]>([
    ['an object', { a: '{% $states.input.n %}' }, '{"a":1}'],
    ['a string', 'text', 'text'],
  ])('stores %s given as the Body of an S3 object as its bytes', async (_form, Body, expected) => {
    const { run, tasks } = createTestWorld({ answers: { 's3.PutObject': () => ({ ETag: '"e"' }) } });

    const { output } = await run(sdk('s3', 'putObject', { Bucket: 'b', Key: 'k', Body }), { n: 1 });

    expect(tasks[0]?.input).toEqual({ Bucket: 'b', Key: 'k', Body: Buffer.from(expected) });
    expect(output).toEqual({ ETag: '"e"' });
  });

  test('spells names as the SDK does, in both directions, and gives timestamps in ISO 8601', async () => {
    const mapping = { UUID: 'u', State: 'Enabled', LastModified: 1_767_225_600.5 };
    const { run, tasks } = createTestWorld({ answers: { 'lambda.GetEventSourceMapping': () => mapping } });

    const { output } = await run(sdk('lambda', 'getEventSourceMapping', { Uuid: 'u' }));

    expect(tasks[0]?.input).toEqual({ UUID: 'u' });
    expect(output).toEqual({ Uuid: 'u', State: 'Enabled', LastModified: '2026-01-01T00:00:00.500Z' });
  });

  test('speaks PascalCase also to an API in camelCase', async () => {
    const { run } = createTestWorld();

    const { output } = await run(
      sdk('sfn', 'listExecutions', {
        StateMachineArn: '{% $states.context.StateMachine.Id %}',
        StatusFilter: 'RUNNING',
      }),
    );

    expect(output).toMatchObject({
      Executions: [{ Status: 'RUNNING', StartDate: expect.stringMatching(/^2026-01-01T00:00:00/) }],
    });
  });

  test('gives raw bytes as text', async () => {
    const { run } = createTestWorld({ answers: { 's3.GetObject': () => ({ Body: Buffer.from('{"a":1}') }) } });

    const { output } = await run(sdk('s3', 'getObject', { Bucket: 'b', Key: 'k' }));

    expect(output).toEqual({ Body: '{"a":1}' });
  });

  test.each([
    ['firehose', 'updateDestination', 'ConcurrentModificationException', 'Firehose.ConcurrentModificationException'],
    ['lambda', 'updateEventSourceMapping', 'ResourceInUseException', 'Lambda.ResourceInUseException'],
    ['s3', 'getObject', 'NoSuchKey', 'S3.NoSuchKeyException'],
    ['s3', 'putObject', 'AccessDenied', 'S3.S3Exception'],
    ['firehose', 'describeDeliveryStream', 'AccessDeniedException', 'Firehose.FirehoseException'],
    ['sfn', 'sendTaskSuccess', 'InvalidToken', 'Sfn.InvalidTokenException'],
    ['sqs', 'getQueueUrl', 'QueueDoesNotExist', 'Sqs.QueueDoesNotExistException'],
  ])('%s:%s names the error %s %s', async (service, action, code, expected) => {
    const operation = `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
    const { run } = createTestWorld({
      answers: {
        [`${service}.${operation}`]: () => {
          throw new AwsError(code, 'Not now.', { status: 400 });
        },
      },
    });

    const { error, cause } = await run(sdk(service, action, {}));

    expect(error).toBe(expected);
    expect(cause).toMatch(/^Not now\. \(Service: \w+, Status Code: 400, Request ID: [0-9a-f-]{36}\)$/);
  });

  test('with an operation that no service has is refused when the machine is made', () => {
    const { create } = createTestWorld();

    expect(() => create(sdk('s3', 'deleteObject', {}))).toThrow(
      new UnsupportedFeatureError('state T', 'a task on s3 DeleteObject'),
    );
  });
});
