// Lambda's REST-JSON: paths and headers, with the payload as it is.
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html

import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { HttpRequest } from './http-message.ts';
import { assertKnownHeaders } from './known-headers.ts';
import type { ParsedRequest, WireProtocol } from './protocol.ts';

const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const MAPPING_PATH = /^\/2015-03-31\/event-source-mappings\/([^/]+)\/?$/;

const MODELLED_HEADERS: ReadonlySet<string> = new Set(['content-type', 'x-amz-invocation-type']);

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
    const [parameter] = Object.keys(request.query).filter((name) => !isLatestQualifier(parsed, request, name));
    if (parameter) throw new UnsupportedFeatureError(subject, `query parameter ${parameter}`);
    return parsed;
  },
  renderAnswer(operation, { requestId, output }) {
    const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
    if (operation === 'Invoke') return renderInvocation(headers, output);
    const status = operation === 'UpdateEventSourceMapping' ? 202 : 200;
    return { status, headers, body: Buffer.from(JSON.stringify(output)) };
  },
  renderError: ({ code, message, status }) => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: Buffer.from(JSON.stringify({ Type: status >= 500 ? 'Service' : 'User', Message: message })),
  }),
};

function parseOperation(request: HttpRequest): ParsedRequest {
  const { method, path, headers, body } = request;
  const functionName = INVOKE_PATH.exec(path)?.[1];
  if (functionName && method === 'POST') {
    const invocationType = headers['x-amz-invocation-type'];
    return {
      operation: 'Invoke',
      input: {
        FunctionName: parsePathSegment(functionName),
        ...(invocationType && { InvocationType: invocationType }),
        ...(body.length > 0 && { Payload: body }),
      },
    };
  }
  const uuid = MAPPING_PATH.exec(path)?.[1];
  if (uuid && method === 'GET') return { operation: 'GetEventSourceMapping', input: { UUID: parsePathSegment(uuid) } };
  if (uuid && method === 'PUT') {
    return { operation: 'UpdateEventSourceMapping', input: { ...parseJson(body), UUID: parsePathSegment(uuid) } };
  }
  throw new UnsupportedFeatureError('lambda', `${method} ${path}`);
}

/** The unpublished version is the only one that there is. */
function isLatestQualifier({ operation }: ParsedRequest, { query }: HttpRequest, parameter: string): boolean {
  return operation === 'Invoke' && parameter === 'Qualifier' && query.Qualifier === '$LATEST';
}

const invocationSchema = z.object({
  StatusCode: z.int(),
  Payload: z.instanceof(Buffer),
  FunctionError: z.string().optional(),
  ExecutedVersion: z.string().optional(),
});

function renderInvocation(headers: Readonly<Record<string, string>>, output: unknown) {
  const { StatusCode, Payload, FunctionError, ExecutedVersion } = invocationSchema.parse(output);
  return {
    status: StatusCode,
    headers: {
      ...headers,
      ...(ExecutedVersion !== undefined && { 'x-amz-executed-version': ExecutedVersion }),
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
