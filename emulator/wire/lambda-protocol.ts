// Lambda's REST-JSON: paths and headers, with the payload as it is.
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { HttpRequest } from './http-message.ts';
import type { WireProtocol } from './protocol.ts';

const INVOKE_PATH = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const MAPPING_PATH = /^\/2015-03-31\/event-source-mappings\/([^/]+)\/?$/;

export const LAMBDA_PROTOCOL: WireProtocol = {
  service: 'lambda',
  unknownKeyCode: 'UnrecognizedClientException',
  parseRequest(request) {
    const { method, path } = request;
    const functionName = INVOKE_PATH.exec(path)?.[1];
    if (functionName && method === 'POST') {
      return { operation: 'Invoke', input: parseInvoke(request, decodeURIComponent(functionName)) };
    }
    const uuid = MAPPING_PATH.exec(path)?.[1];
    if (uuid && method === 'GET') return { operation: 'GetEventSourceMapping', input: { UUID: uuid } };
    if (uuid && method === 'PUT') {
      return { operation: 'UpdateEventSourceMapping', input: { ...parseJson(request.body), UUID: uuid } };
    }
    throw new UnsupportedFeatureError('lambda', `${method} ${path}`);
  },
  renderAnswer(operation, { requestId, output }) {
    const answer: Record<string, unknown> = { ...(typeof output === 'object' ? output : {}) };
    const headers = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
    if (operation !== 'Invoke') {
      const status = operation === 'UpdateEventSourceMapping' ? 202 : 200;
      return { status, headers, body: Buffer.from(JSON.stringify(answer)) };
    }
    const { StatusCode, Payload, FunctionError, ExecutedVersion } = answer;
    return {
      status: Number(StatusCode),
      headers: {
        ...headers,
        ...(typeof ExecutedVersion === 'string' && { 'x-amz-executed-version': ExecutedVersion }),
        ...(typeof FunctionError === 'string' && { 'x-amz-function-error': FunctionError }),
      },
      body: Payload instanceof Buffer ? Payload : Buffer.alloc(0),
    };
  },
  renderError: ({ code, message, status }) => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: Buffer.from(JSON.stringify({ Type: status >= 500 ? 'Service' : 'User', Message: message, message })),
  }),
};

function parseInvoke({ headers, body, query }: HttpRequest, functionName: string): object {
  if (query.Qualifier && query.Qualifier !== '$LATEST') throw new UnsupportedFeatureError('lambda.Invoke', 'Qualifier');
  const invocationType = headers['x-amz-invocation-type'];
  return {
    FunctionName: functionName,
    ...(invocationType && { InvocationType: invocationType }),
    ...(body.length > 0 && { Payload: body }),
  };
}

function parseJson(body: Buffer): object {
  try {
    return JSON.parse(body.toString() || '{}');
  } catch (cause) {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.', { cause });
  }
}
