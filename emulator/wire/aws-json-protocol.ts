// AWS JSON 1.0 and 1.1: the operation in X-Amz-Target, everything else in the body.
// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html

import { AwsError } from '../kernel/errors.ts';
import { parseContent } from './content-encoding.ts';
import type { WireProtocol } from './protocol.ts';
import { QUERY_ERROR_CODES } from './query-error-codes.ts';

export interface AwsJsonOptions {
  /** As `Service.name`. */
  readonly service: string;
  readonly version: '1.0' | '1.1';
  /** What X-Amz-Target names before the operation. */
  readonly target: string;
}

export function createAwsJsonProtocol({ service, version, target }: AwsJsonOptions): WireProtocol {
  const contentType = `application/x-amz-json-${version}`;
  const queryCodes = service === 'sqs' || service === 'cloudwatch' ? QUERY_ERROR_CODES[service] : undefined;
  return {
    service,
    unsigned: { code: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token', status: 400 },
    unknownKey: {
      code: queryCodes ? 'InvalidClientTokenId' : 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
      status: queryCodes ? 403 : 400,
    },
    wrongScope: {
      code: 'InvalidSignatureException',
      message: 'Credential should be scoped to the service and Region that the request is sent to.',
      status: 400,
    },
    parseRequest(request) {
      const { headers } = request;
      const [prefix, operation] = splitAtLast(headers['x-amz-target'] ?? '', '.');
      if (prefix !== target || !operation) {
        throw new AwsError(
          'UnknownOperationException',
          `X-Amz-Target must be ${target}.<operation>, got ${headers['x-amz-target'] ?? 'nothing'}`,
        );
      }
      return { operation, input: parseBody(parseContent(request)) };
    },
    renderAnswer: (_operation, { requestId, output }) => ({
      status: 200,
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
      body: Buffer.from(JSON.stringify(output ?? {})),
    }),
    renderError({ code, message, status }, { headers }, requestId) {
      const asksForQueryCode = headers['x-amzn-query-mode'] === 'true';
      const fault = status >= 500 ? 'Receiver' : 'Sender';
      return {
        status,
        headers: {
          'content-type': contentType,
          'x-amzn-requestid': requestId,
          ...(queryCodes && asksForQueryCode && { 'x-amzn-query-error': `${queryCodes[code] ?? code};${fault}` }),
        },
        body: Buffer.from(JSON.stringify({ __type: code, message })),
      };
    },
  };
}

function splitAtLast(text: string, separator: string): [string, string] {
  const index = text.lastIndexOf(separator);
  return index < 0 ? ['', text] : [text.slice(0, index), text.slice(index + separator.length)];
}

function parseBody(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request body is not JSON.', { cause });
  }
}
