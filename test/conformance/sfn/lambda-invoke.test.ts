// Rule: lambda:invoke passes a payload on and gives the function’s answer; its errors are the function’s own, or
//   Lambda’s with a prefix.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html

import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../emulator/kernel/errors.ts';
import {
  answerFunctionError,
  answerPayload,
  createTestWorld,
  ROLE_ARN,
} from '../../../emulator/states/create-test-world.ts';

const INVOKE = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: { n: '{% $states.input.n %}' } },
  End: true,
};

function machine(task: object, others: object = {}) {
  return { StartAt: 'T', States: { T: { ...INVOKE, ...task }, ...others } };
}

describe('lambda:invoke', () => {
  test('passes the payload on as the role and gives the answer, parsed', async () => {
    const { run, tasks } = createTestWorld({ answers: { 'lambda.Invoke': () => answerPayload({ ok: [1] }) } });

    const { output, types, events } = await run(machine({}), { n: 3 });

    expect(output).toEqual({ ExecutedVersion: '$LATEST', Payload: { ok: [1] }, StatusCode: 200 });
    expect(tasks).toMatchObject([
      {
        input: { FunctionName: 'f', Payload: Buffer.from('{"n":3}') },
        caller: { kind: 'role', roleArn: ROLE_ARN },
      },
    ]);
    expect(types).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events.map((event) => event.previousEventId)).toEqual([0, 0, 2, 3, 4, 5, 6]);
    expect(events[2]).toMatchObject({
      taskScheduledEventDetails: {
        resourceType: 'lambda',
        resource: 'invoke',
        region: 'us-east-1',
        parameters: '{"FunctionName":"f","Payload":{"n":3}}',
      },
    });
  });

  test("fails with the function's error type, its payload as the cause", async () => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerFunctionError('MyError', 'no') } });

    const { error, cause, types } = await run(machine({}), { n: 1 });

    expect(error).toBe('MyError');
    expect(cause).toBe('{"errorType":"MyError","errorMessage":"no","trace":[]}');
    expect(types.slice(-2)).toEqual(['TaskFailed', 'ExecutionFailed']);
  });

  test('fails with Lambda.Unknown when the payload names no error type', async () => {
    const answer = { ...answerPayload({ message: 'out of memory' }), FunctionError: 'Unhandled' };
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answer } });

    const { error, cause } = await run(machine({}), { n: 1 });

    expect(error).toBe('Lambda.Unknown');
    expect(cause).toContain('Returned payload: {"message":"out of memory"}');
  });

  test.each([
    ['TooManyRequestsException', 'Lambda.TooManyRequestsException'],
    ['ResourceNotFoundException', 'Lambda.ResourceNotFoundException'],
    ['AccessDeniedException', 'Lambda.AWSLambdaException'],
  ])('names the service error %s %s', async (code, expected) => {
    const { run } = createTestWorld({
      answers: {
        'lambda.Invoke': () => {
          throw new AwsError(code, 'Rate Exceeded.', { status: 429 });
        },
      },
    });

    const { error, cause } = await run(machine({}), { n: 1 });

    expect(error).toBe(expected);
    expect(cause).toMatch(
      new RegExp(
        `^Rate Exceeded\\. \\(Service: AWSLambda; Status Code: 429; Error Code: ${code}; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`,
      ),
    );
  });

  test.each([
    [262_000, 'SUCCEEDED', undefined],
    [262_144, 'FAILED', 'States.DataLimitExceeded'],
  ])('that answers %i characters ends %s', async (characters, expectedStatus, expectedError) => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerPayload('x'.repeat(characters)) } });

    const { status, error } = await run(machine({ Output: {} }), { n: 1 });

    expect([status, error]).toEqual([expectedStatus, expectedError]);
  });
});
