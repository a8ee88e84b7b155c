import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../wire/http-message.ts';
import { type HttpServer, startHttpServer } from './http-server.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(handler?: (request: HttpRequest) => Promise<HttpResponse>) {
  const failures: unknown[] = [];
  const server = await startHttpServer({ port: 0, onFailure: (error) => failures.push(error) });
  servers.push(server);
  const requests: HttpRequest[] = [];
  server.serve(
    handler ??
      (async (request) => {
        requests.push(request);
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('answer') };
      }),
  );
  return { ...server, requests, failures, port: Number(new URL(server.origin).port) };
}

/** One request over HTTP/2 with prior knowledge, as the Kinesis client sends it. */
async function requestHttp2(origin: string, body: string): Promise<{ status: number; text: string }> {
  const session = connectHttp2(origin);
  const stream = session.request({ ':method': 'POST', ':path': '/a?b=c' });
  stream.end(body);
  const status = await new Promise<number>((resolve) => {
    stream.on('response', (headers) => resolve(Number(headers[':status'])));
  });
  const chunks = await stream.toArray();
  session.close();
  return { status, text: Buffer.concat(chunks).toString() };
}

describe('the HTTP server', () => {
  test('hands over what came, as it was sent', async () => {
    const { origin, requests } = await start();

    const response = await fetch(`${origin}/bucket/a%2Fb//c?list-type=2&prefix=x%20y`, {
      method: 'PUT',
      headers: { 'X-Amz-Target': 'A.B' },
      body: 'body',
    });

    expect(await response.text()).toBe('answer');
    expect(requests[0]).toMatchObject({
      method: 'PUT',
      host: '127.0.0.1',
      path: '/bucket/a%2Fb//c',
      query: { 'list-type': '2', prefix: 'x y' },
      headers: { 'x-amz-target': 'A.B' },
      body: Buffer.from('body'),
    });
  });

  test('speaks HTTP/2 on the same port', async () => {
    const { origin, requests } = await start();

    const answers = [await requestHttp2(origin, 'one'), await requestHttp2(origin, 'two')];

    expect(answers).toEqual([
      { status: 200, text: 'answer' },
      { status: 200, text: 'answer' },
    ]);
    expect(requests.map(({ body, host }) => [body.toString(), host])).toEqual([
      ['one', '127.0.0.1'],
      ['two', '127.0.0.1'],
    ]);
  });

  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('sends no body with %s and %i', async (method, status) => {
    const { origin } = await start(async () => ({ status, headers: { etag: '"e"' }, body: Buffer.from('body') }));

    const response = await fetch(`${origin}/`, { method });

    expect(response.status).toBe(status);
    expect(response.headers.get('etag')).toBe('"e"');
    expect(await response.text()).toBe('');
  });

  test('lets a request wait until there is something to answer it', async () => {
    const server = await startHttpServer({ port: 0, onFailure() {} });
    servers.push(server);

    const pending = fetch(server.origin);
    server.serve(async () => ({ status: 200, headers: {}, body: Buffer.from('late') }));

    expect(await (await pending).text()).toBe('late');
  });

  test('answers 500 for what its handler throws, tells of it, and goes on', async () => {
    const { origin, failures } = await start(async () => {
      throw new RangeError('a bug');
    });

    const statuses = [(await fetch(origin)).status, (await fetch(origin)).status];

    expect(statuses).toEqual([500, 500]);
    expect(failures).toEqual([new RangeError('a bug'), new RangeError('a bug')]);
  });

  test('refuses a body that it could not keep, without reading it', async () => {
    const { port, failures } = await start();
    const socket = connect(port, '127.0.0.1');
    socket.write('PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n');

    const [chunk] = await socket.take(1).toArray();

    expect(String(chunk)).toMatch(/^HTTP\/1\.1 413 /);
    expect(failures).toEqual([]);
  });

  test('is not disturbed by connections that are broken off or make no sense', async () => {
    const { origin, port, failures } = await start();

    const sockets = ['', 'PRI * HTTP/2.0\r\n', 'nonsense\r\n\r\n', 'POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nx'].map(
      (text) => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => {});
        if (text) socket.write(text);
        return socket;
      },
    );
    expect((await fetch(origin)).status).toBe(200);
    for (const socket of sockets) socket.destroy();

    for (let turn = 0; turn < 10; turn++) expect((await fetch(origin)).status).toBe(200);
    expect(failures).toEqual([]);
  });

  test('ends what is still open when it is closed', async () => {
    const server = await startHttpServer({ port: 0, onFailure() {} });
    const pending = fetch(server.origin).catch((error: unknown) => error);
    server.serve(() => new Promise(() => {}));

    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await server.close();

    expect(await pending).toBeInstanceOf(TypeError);
  });
});
