// HTTP/1.1 and HTTP/2 without TLS on one port: most AWS clients speak the one, the Kinesis client for JavaScript the other.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { type HttpRequest, type HttpResponse, normalizeHeaders, parseQuery } from '../wire/http-message.ts';
import { BodyTooLargeError, readBody } from './read-body.ts';

export type RequestHandler = (request: HttpRequest) => Promise<HttpResponse>;

export interface HttpServer {
  /** `http://127.0.0.1:4566` */
  readonly origin: string;
  /** From now on requests are answered; those that came before have waited. */
  serve(handler: RequestHandler): void;
  /** Ends all connections. */
  close(): Promise<void>;
}

export interface HttpServerOptions {
  /** Default 127.0.0.1: nobody but this machine. */
  readonly host?: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Told of what the handler throws; the client gets an empty 500. */
  readonly onFailure: (error: unknown) => void;
}

const HOST_DEFAULT = '127.0.0.1';
/** What every HTTP/2 connection begins with. https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const HTTP2_PREFACE = 'PRI ';

type AnyRequest = IncomingMessage | Http2ServerRequest;
type AnyResponse = ServerResponse | Http2ServerResponse;

/** @throws what listening fails with: `EADDRINUSE` when the port is taken. */
export async function startHttpServer({
  host = HOST_DEFAULT,
  port,
  onFailure,
}: HttpServerOptions): Promise<HttpServer> {
  const ready = Promise.withResolvers<RequestHandler>();
  const answer = async (request: AnyRequest, response: AnyResponse) => {
    try {
      const handler = await ready.promise;
      writeResponse(request, response, await handler(await readRequest(request)));
    } catch (error) {
      // A request that was broken off has nobody to answer.
      if (request.destroyed && !request.complete) return;
      if (!(error instanceof BodyTooLargeError)) onFailure(error);
      response.statusCode = error instanceof BodyTooLargeError ? 413 : 500;
      response.end();
    }
  };
  const http1 = createServer({ keepAliveTimeout: 60_000 }, (request, response) => void answer(request, response));
  const http2 = createHttp2Server((request, response) => void answer(request, response));
  const sockets = new Set<Socket>();
  const tcp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A connection that breaks is the client's affair.
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first: Buffer | null = socket.read();
      if (!first) return;
      socket.unshift(first);
      (first.toString('latin1', 0, HTTP2_PREFACE.length) === HTTP2_PREFACE ? http2 : http1).emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(port, host, resolve);
  });
  return {
    origin: `http://${host}:${(tcp.address() as AddressInfo).port}`,
    serve: ready.resolve,
    async close() {
      const closed = new Promise((resolve) => {
        tcp.close(resolve);
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function readRequest(request: AnyRequest): Promise<HttpRequest> {
  const { pathname, search } = splitUrl(request.url ?? '/');
  const headers = normalizeHeaders(request.headers);
  return {
    method: request.method ?? 'GET',
    host: removePort(headers[':authority'] ?? headers.host ?? ''),
    path: pathname,
    query: parseQuery(search),
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':'))),
    body: await readBody(request, headers['content-length']),
  };
}

/** As they were sent: nothing is decoded or made shorter, as `URL` would. */
function splitUrl(url: string): { pathname: string; search: string } {
  const index = url.indexOf('?');
  return index < 0 ? { pathname: url, search: '' } : { pathname: url.slice(0, index), search: url.slice(index + 1) };
}

function removePort(authority: string): string {
  return authority.replace(/:\d+$/, '');
}

function writeResponse(request: AnyRequest, response: AnyResponse, { status, headers, body }: HttpResponse): void {
  const hasBody = request.method !== 'HEAD' && status !== 204 && status !== 304;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (hasBody) response.setHeader('content-length', body.length);
  response.statusCode = status;
  // Written apart: the two kinds of response take different types of body.
  if (hasBody) response.end(body);
  else response.end();
}
