// AWS Query: a form in, XML out. CloudFormation and STS speak it.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html

import { XMLBuilder } from 'fast-xml-parser';
import { AwsError } from '../kernel/errors.ts';
import type { WireProtocol } from './protocol.ts';
import { parseQueryForm } from './query-form.ts';

export interface QueryOptions {
  /** As `Service.name`. */
  readonly service: string;
  /** What every request names as its `Version`. */
  readonly version: string;
  readonly namespace: string;
}

const CONTENT_TYPE = 'text/xml';

/** Names that the gateway's errors have, where the services that speak Query have others. */
const QUERY_NAMES: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
  ValidationException: { code: 'ValidationError', status: 400 },
};

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

/** Lists of an operation's output become `member` elements; values are text, numbers and booleans. */
export function createQueryProtocol({ service, version, namespace }: QueryOptions): WireProtocol {
  return {
    service,
    unsigned: {
      code: 'MissingAuthenticationToken',
      message: 'Request is missing Authentication Token',
      status: 403,
    },
    unknownKey: {
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
      status: 403,
    },
    wrongScope: {
      code: 'SignatureDoesNotMatch',
      message: 'Credential should be scoped to the service and Region that the request is sent to.',
      status: 403,
    },
    parseRequest({ body, query }) {
      const { Action, Version, ...input } = parseQueryForm(body.length > 0 ? body.toString() : renderForm(query));
      if (typeof Action !== 'string' || Version !== version) {
        throw new AwsError('InvalidAction', `Could not find operation ${Action ?? ''} for version ${Version ?? ''}`);
      }
      return { operation: Action, input };
    },
    renderAnswer: (operation, { requestId, output }) => ({
      status: 200,
      headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
      body: renderXml({
        [`${operation}Response`]: {
          '@_xmlns': namespace,
          [`${operation}Result`]: renderValue(output ?? {}),
          ResponseMetadata: { RequestId: requestId },
        },
      }),
    }),
    renderError(error, _request, requestId) {
      const { code, status } = QUERY_NAMES[error.code] ?? error;
      const Type = status >= 500 ? 'Receiver' : 'Sender';
      return {
        status,
        headers: { 'content-type': CONTENT_TYPE, 'x-amzn-requestid': requestId },
        body: renderXml({
          ErrorResponse: {
            '@_xmlns': namespace,
            Error: { Type, Code: code, Message: error.message },
            RequestId: requestId,
          },
        }),
      };
    },
  };
}

function renderForm(query: Readonly<Record<string, string>>): string {
  return new URLSearchParams(query).toString();
}

function renderValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? '' : { member: value.map(renderValue) };
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [name, renderValue(item)]),
  );
}

function renderXml(document: object): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`);
}
