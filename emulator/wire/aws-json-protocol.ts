// AWS JSON 1.0 and 1.1: the operation in X-Amz-Target, everything else in the body.
// https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html

import { AwsError } from '../kernel/errors.ts';
import type { WireProtocol } from './protocol.ts';

/** SQS spoke another protocol before; clients look for its error codes in a header. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
};

export function createAwsJsonProtocol(service: string, contentType: string): WireProtocol {
  return {
    service,
    unknownKeyCode: 'UnrecognizedClientException',
    parseRequest({ headers, body }) {
      const operation = headers['x-amz-target']?.split('.').at(-1);
      if (!operation) throw new AwsError('UnknownOperationException', 'The request has no X-Amz-Target.');
      return { operation, input: parseBody(body) };
    },
    renderAnswer: (_operation, { requestId, output }) => ({
      status: 200,
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
      body: Buffer.from(JSON.stringify(output ?? {})),
    }),
    renderError({ code, message, status }) {
      const fault = status >= 500 ? 'Receiver' : 'Sender';
      return {
        status,
        headers: {
          'content-type': contentType,
          ...(service === 'sqs' && { 'x-amzn-query-error': `${QUERY_CODES[code] ?? code};${fault}` }),
        },
        body: Buffer.from(JSON.stringify({ __type: code, message })),
      };
    },
  };
}

function parseBody(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request body is not JSON.', { cause });
  }
}
