// Lets an SDK client outside the sandbox talk to the emulator: give it as `requestHandler`.

import { Readable } from 'node:stream';
import type { HttpFront } from './http-front.ts';
import { normalizeHeaders } from './http-message.ts';

/** The part of Smithy's HttpRequest that is read here. */
interface SmithyRequest {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SdkRequestHandler {
  handle(request: SmithyRequest): Promise<{
    response: { statusCode: number; headers: Record<string, string>; body: Readable };
  }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

export function createSdkRequestHandler(front: HttpFront): SdkRequestHandler {
  return {
    async handle({ method, hostname, path, query = {}, headers, body }) {
      const response = await front.handle({
        method,
        host: hostname,
        path,
        query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value ?? '')])),
        headers: normalizeHeaders(headers),
        body: await readBody(body),
      });
      return {
        response: {
          statusCode: response.status,
          headers: { ...response.headers },
          body: Readable.from([response.body]),
        },
      };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}

async function readBody(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  // Over the same memory: Buffer.from(body) would ask for its valueOf, which the SDK's own body class warns of.
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof Readable) return Buffer.concat(await body.toArray());
  throw new TypeError(`a request body of type ${typeof body} cannot be read`);
}
