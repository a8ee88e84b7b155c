import { describe, expect, test } from 'vitest';
import { AwsError } from '../kernel/errors.ts';
import { parseEndpoint } from './endpoint.ts';
import type { HttpRequest } from './http-message.ts';
import { LAMBDA_PROTOCOL } from './lambda-protocol.ts';

const ENDPOINT = parseEndpoint('lambda.us-east-1.amazonaws.com');

const createRequest = (request: Partial<HttpRequest>): HttpRequest => ({
  method: 'POST',
  host: 'lambda.us-east-1.amazonaws.com',
  path: '/2015-03-31/functions/f/invocations',
  query: {},
  headers: {},
  body: Buffer.alloc(0),
  ...request,
});

const parse = (request: Partial<HttpRequest>) => LAMBDA_PROTOCOL.parseRequest(createRequest(request), ENDPOINT);

describe('a request to Lambda', () => {
  test('invokes a function by name or encoded ARN, with the payload as it is', () => {
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';

    const parsed = parse({
      path: `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`,
      headers: { 'x-amz-invocation-type': 'Event', 'content-type': 'application/octet-stream' },
      query: { Qualifier: '$LATEST' },
      body: Buffer.from('[1]'),
    });

    expect(parsed).toEqual({
      operation: 'Invoke',
      input: { FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from('[1]') },
    });
  });

  test('leaves out what it does not say', () => {
    expect(parse({})).toEqual({ operation: 'Invoke', input: { FunctionName: 'f' } });
  });

  test('reads, updates and deletes a mapping by the id in its path', () => {
    const path = '/2015-03-31/event-source-mappings/uuid';

    expect(parse({ method: 'GET', path })).toEqual({ operation: 'GetEventSourceMapping', input: { UUID: 'uuid' } });
    expect(parse({ method: 'PUT', path, body: Buffer.from('{"BatchSize":5}') })).toEqual({
      operation: 'UpdateEventSourceMapping',
      input: { BatchSize: 5, UUID: 'uuid' },
    });
    expect(parse({ method: 'DELETE', path })).toEqual({
      operation: 'DeleteEventSourceMapping',
      input: { UUID: 'uuid' },
    });
  });

  test('makes and lists mappings', () => {
    const path = '/2015-03-31/event-source-mappings';

    expect(parse({ path, body: Buffer.from('{"FunctionName":"f"}') })).toEqual({
      operation: 'CreateEventSourceMapping',
      input: { FunctionName: 'f' },
    });
    expect(parse({ method: 'GET', path: `${path}/`, query: { FunctionName: 'f', MaxItems: '5' } })).toEqual({
      operation: 'ListEventSourceMappings',
      input: { FunctionName: 'f', MaxItems: 5 },
    });
    expect(() => parse({ method: 'GET', path, query: { Other: '' } })).toThrow('query parameter Other is not modelled');
  });

  test.each([
    [{ headers: { 'x-amz-client-context': 'e30=' } }, 'lambda.Invoke: header x-amz-client-context'],
    [{ query: { Qualifier: '1' } }, 'lambda.Invoke: query parameter Qualifier'],
    [{ method: 'GET', path: '/2014-11-13/functions' }, 'lambda: GET /2014-11-13/functions'],
  ])('refuses %j by name', (request, subject) => {
    expect(() => parse(request)).toThrow(`${subject} is not modelled by the emulator`);
  });

  test.each(['{', '[1]', '"x"'])('refuses the body %s', (body) => {
    const request = { method: 'PUT', path: '/2015-03-31/event-source-mappings/u', body: Buffer.from(body) };

    expect(() => parse(request)).toThrow(expect.objectContaining({ code: 'InvalidRequestContentException' }));
  });
});

describe('an answer of Lambda', () => {
  test('says in a header that the function failed, and has the payload as its body', () => {
    const output = {
      StatusCode: 200,
      FunctionError: 'Unhandled',
      ExecutedVersion: '$LATEST',
      Payload: Buffer.from('{}'),
    };

    expect(LAMBDA_PROTOCOL.renderAnswer('Invoke', { requestId: 'id', output })).toEqual({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': 'id',
        'x-amz-function-error': 'Unhandled',
        'x-amz-executed-version': '$LATEST',
      },
      body: Buffer.from('{}'),
    });
  });

  test.each([
    ['GetEventSourceMapping', 200],
    ['CreateEventSourceMapping', 202],
    ['UpdateEventSourceMapping', 202],
    ['DeleteEventSourceMapping', 202],
  ])('to %s is %i', (operation, status) => {
    expect(LAMBDA_PROTOCOL.renderAnswer(operation, { requestId: 'id', output: {} }).status).toBe(status);
  });

  test('names an error in a header', () => {
    const error = new AwsError('ResourceNotFoundException', 'Function not found: f', { status: 404 });

    const response = LAMBDA_PROTOCOL.renderError(error, createRequest({}), 'id');

    expect(response).toMatchObject({ status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' } });
    expect(JSON.parse(response.body.toString())).toEqual({ Type: 'User', Message: 'Function not found: f' });
  });
});
