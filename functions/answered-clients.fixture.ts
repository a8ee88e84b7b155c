// SDK clients whose requests a test answers: serialised, signed and parsed as ever, but never sent.

import { Readable } from 'node:stream';

export interface SentRequest {
  /** `SendMessageBatch`, or for S3 the method. */
  readonly operation: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** As text. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly sentAtMs: number;
}

export interface Answer {
  /** Default 200. */
  readonly statusCode?: number;
  /** An object is answered as JSON. */
  readonly body: string | object;
}

/** What each client is made with, and the requests made so far. `respond` may throw to break the connection. */
export function answerRequests(respond: (request: SentRequest) => Answer) {
  const requests: SentRequest[] = [];
  const requestHandler = {
    async handle(request: {
      method: string;
      path: string;
      query?: Record<string, unknown>;
      headers: Record<string, string>;
      body?: unknown;
    }) {
      const sent: SentRequest = {
        operation: request.headers['x-amz-target']?.split('.').at(-1) ?? request.method,
        path: request.path,
        query: request.query ?? {},
        body: readBody(request.body),
        sentAtMs: Date.now(),
      };
      requests.push(sent);
      const { statusCode = 200, body } = respond(sent);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return { response: { statusCode, headers: {}, body: Readable.from([Buffer.from(text)]) } };
    },
  };
  const config = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler,
  };
  return { requests, config };
}

/** An error as the JSON protocols have it. */
export function answerError(name: string, statusCode = 400): Answer {
  return { statusCode, body: { __type: name, message: `${name} of the test` } };
}

function readBody(body: unknown): string {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
}
