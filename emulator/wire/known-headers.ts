// Headers that carry parameters are modelled or refused: one that is ignored would change what the request means.

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { HttpRequest } from './http-message.ts';

/** These say how a request travels, who signed it and by which client: nothing about what it asks for. */
const TRANSPORT_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'authorization',
  'connection',
  'content-length',
  'expect',
  'host',
  'transfer-encoding',
  'user-agent',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
  'x-amzn-trace-id',
]);

export function isTransportHeader(name: string): boolean {
  return TRANSPORT_HEADERS.has(name);
}

/** @throws {UnsupportedFeatureError} for a header that is neither of transport nor in `modelled`. */
export function assertKnownHeaders(
  subject: string,
  headers: HttpRequest['headers'],
  modelled: ReadonlySet<string>,
): void {
  for (const name of Object.keys(headers)) {
    if (!TRANSPORT_HEADERS.has(name) && !modelled.has(name)) {
      throw new UnsupportedFeatureError(subject, `header ${name}`);
    }
  }
}
