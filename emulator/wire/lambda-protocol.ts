// Lambda's REST-JSON: paths and headers, with the payload as it is.
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html

import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { ThrottleError } from '../lambda/throttle-error.ts';
import type { HttpRequest } from './http-message.ts';
import { assertKnownHeaders } from './known-headers.ts';
import { FUNCTION_QUERY, parseFunctionPath, WITHOUT_ANSWER } from './lambda-function-paths.ts';
import type { ParsedRequest, WireProtocol } from './protocol.ts';

const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const MAPPINGS_PATH = /^\/2015-03-31\/event-source-mappings\/?$/;
const MAPPING_PATH = /^\/2015-03-31\/event-source-mappings\/([^/]+)\/?$/;

/** Of ListEventSourceMappings; in a query all are text. */
const LIST_PARAMETERS = ['EventSourceArn', 'FunctionName', 'Marker', 'MaxItems'];
/** They go on after they were answered. */
const ACCEPTED_OPERATIONS: ReadonlySet<string> = new Set([
  'CreateEventSourceMapping',
  'DeleteEventSourceMapping',
  'UpdateEventSourceMapping',
]);

const MODELLED_HEADERS: ReadonlySet<string> = new Set(['content-type', 'x-amz-invocation-type', 'x-amz-log-type']);

export const LAMBDA_PROTOCOL: WireProtocol = {
  service: 'lambda',
  unsigned: { code: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token', status: 403 },
  unknownKey: {
    code: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
    status: 403,
  },
  wrongScope: {
    code: 'InvalidSignatureException',
    message: 'Credential should be scoped to the service and Region that the request is sent to.',
    status: 403,
  },
  parseRequest(request) {
    const parsed = parseOperation(request);
    const subject = `lambda.${parsed.operation}`;
    assertKnownHeaders(subject, request.headers, MODELLED_HEADERS);
    const [parameter] = Object.keys(request.query).filter((name) => !isKnownParameter(parsed, request, name));
    if (parameter) throw new UnsupportedFeatureError(subject, `query parameter ${parameter}`);
    return parsed;
  },
  renderAnswer(operation, { requestId, output }) {
    const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
    if (operation === 'Invoke') return renderInvocation(headers, output);
    if (WITHOUT_ANSWER.has(operation)) return { status: 204, headers, body: Buffer.alloc(0) };
    const status = ACCEPTED_OPERATIONS.has(operation) ? 202 : 200;
    return { status, headers, body: Buffer.from(JSON.stringify(output)) };
  },
  renderError: (error, _request, requestId) => {
    const { code, message, status } = error;
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code, 'x-amzn-requestid': requestId },
      body: Buffer.from(
        JSON.stringify({
          ...(error instanceof ThrottleError && { Reason: error.reason }),
          Type: status >= 500 ? 'Service' : 'User',
          Message: message,
        }),
      ),
    };
  },
};

function parseOperation(request: HttpRequest): ParsedRequest {
  const { method, path, headers, body, query } = request;
  const functionName = INVOKE_PATH.exec(path)?.[1];
  if (functionName && method === 'POST') {
    const invocationType = headers['x-amz-invocation-type'];
    return {
      operation: 'Invoke',
      input: {
        FunctionName: parsePathSegment(functionName),
        ...(invocationType && { InvocationType: invocationType }),
        ...(headers['x-amz-log-type'] && { LogType: headers['x-amz-log-type'] }),
        ...(body.length > 0 && { Payload: body }),
      },
    };
  }
  if (MAPPINGS_PATH.test(path) && method === 'POST') {
    return { operation: 'CreateEventSourceMapping', input: parseJson(body) };
  }
  if (MAPPINGS_PATH.test(path) && method === 'GET') {
    return { operation: 'ListEventSourceMappings', input: parseListQuery(request) };
  }
  const uuid = MAPPING_PATH.exec(path)?.[1];
  if (uuid && method === 'GET') return { operation: 'GetEventSourceMapping', input: { UUID: parsePathSegment(uuid) } };
  if (uuid && method === 'PUT') {
    return { operation: 'UpdateEventSourceMapping', input: { ...parseJson(body), UUID: parsePathSegment(uuid) } };
  }
  if (uuid && method === 'DELETE') {
    return { operation: 'DeleteEventSourceMapping', input: { UUID: parsePathSegment(uuid) } };
  }
  const functionPath = parseFunctionPath(method, path);
  if (functionPath) {
    const { operation, functionName: name } = functionPath;
    const own = (FUNCTION_QUERY[operation] ?? []).filter((parameter) => query[parameter] !== undefined);
    const input = {
      ...(method === 'PUT' && parseJson(body)),
      ...(name !== undefined && { FunctionName: parsePathSegment(name) }),
      ...Object.fromEntries(own.map((parameter) => [parameter, query[parameter]])),
    };
    return { operation, input };
  }
  throw new UnsupportedFeatureError('lambda', `${method} ${path}`);
}

function parseListQuery({ query }: HttpRequest): object {
  const { MaxItems, ...texts } = query;
  return { ...texts, ...(MaxItems !== undefined && { MaxItems: Number(MaxItems) }) };
}

/** Of `Invoke`, the unpublished version: it is the only one that there is. */
function isKnownParameter({ operation }: ParsedRequest, { query }: HttpRequest, parameter: string): boolean {
  if (FUNCTION_QUERY[operation]?.includes(parameter)) return true;
  if (operation === 'ListEventSourceMappings') return LIST_PARAMETERS.includes(parameter);
  return operation === 'Invoke' && parameter === 'Qualifier' && query.Qualifier === '$LATEST';
}

const invocationSchema = z.object({
  StatusCode: z.int(),
  Payload: z.instanceof(Buffer),
  FunctionError: z.string().optional(),
  ExecutedVersion: z.string().optional(),
  LogResult: z.string().optional(),
});

function renderInvocation(headers: Readonly<Record<string, string>>, output: unknown) {
  const { StatusCode, Payload, FunctionError, ExecutedVersion, LogResult } = invocationSchema.parse(output);
  return {
    status: StatusCode,
    headers: {
      ...headers,
      ...(ExecutedVersion !== undefined && { 'x-amz-executed-version': ExecutedVersion }),
      ...(LogResult !== undefined && { 'x-amz-log-result': LogResult }),
      ...(FunctionError !== undefined && { 'x-amz-function-error': FunctionError }),
    },
    body: Payload,
  };
}

function parsePathSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new AwsError('ValidationException', `The path segment ${segment} is not URL-encoded.`, { cause });
  }
}

function parseJson(body: Buffer): object {
  try {
    return z.looseObject({}).parse(JSON.parse(body.toString() || '{}'));
  } catch (cause) {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.', { cause });
  }
}
