// The SDK's own HTTP handler, bundled as a function's code is, over what the sandbox gives it for `https`.

import { createRequire } from 'node:module';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { NodeHttpHandler, NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestAccount } from '../create-test-account.fixture.ts';
import { createHttpFront, type HttpFront } from './http-front.ts';
import { createInProcessHttpModule } from './in-process-http.ts';

const Bucket = 'bucket';
const hostRequire = createRequire(import.meta.url);

let code = '';
beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: "export { NodeHttpHandler } from '@smithy/node-http-handler'", resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'error',
  });
  code = outputFiles[0]?.text ?? '';
});

function loadHandler(httpModule: unknown): new (options?: NodeHttpHandlerOptions) => NodeHttpHandler {
  const loaded: { exports: { NodeHttpHandler?: new (options?: NodeHttpHandlerOptions) => NodeHttpHandler } } = {
    exports: {},
  };
  const sandboxRequire = (name: string) => (/^(node:)?https?$/.test(name) ? httpModule : hostRequire(name));
  new Function('module', 'exports', 'require', code)(loaded, loaded.exports, sandboxRequire);
  if (!loaded.exports.NodeHttpHandler) throw new Error('the bundle exports no NodeHttpHandler');
  return loaded.exports.NodeHttpHandler;
}

function createClient(options: NodeHttpHandlerOptions & { endpoint?: string; front?: HttpFront } = {}) {
  const { world, outside, services } = createTestAccount();
  services.s3.createBucket(Bucket);
  const { endpoint, front: given, ...handlerOptions } = options;
  const front =
    given ?? createHttpFront({ gateway: world.gateway, region: 'us-east-1', findPrincipal: () => ({ kind: 'root' }) });
  const events: string[] = [];
  const waiting: HttpFront = { handle: (request) => outside.waitFor(() => front.handle(request)) };
  const httpModule = createInProcessHttpModule(waiting, {
    onRequestStart: () => events.push('start'),
    onRequestEnd: () => events.push('end'),
  });
  const Handler = loadHandler(httpModule);
  const s3 = new S3Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    requestHandler: new Handler(handlerOptions),
    maxAttempts: 1,
    ...(endpoint && { endpoint }),
  });
  const run = <T>(work: () => Promise<T>): Promise<T> => {
    outside.begin();
    return world.clock.runUntilSettled(work().finally(() => outside.end()));
  };
  return { s3, run, events, httpModule };
}

const MEBIBYTE = 1024 * 1024;

describe('the in-process http module', () => {
  // From 2 MiB the client sends its headers first, and waits for "100 Continue": https://github.com/aws/aws-sdk-js-v3
  test.each([0, 5, 3 * MEBIBYTE])('carries a body of %i bytes there and back', async (bytes) => {
    const { s3, run, events } = createClient();
    const Body = Buffer.alloc(bytes, 'x');

    await run(() => s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body })));
    const received = await run(async () => {
      const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }));
      return object.Body?.transformToByteArray();
    });

    expect(received && Buffer.compare(received, Body)).toBe(0);
    expect(events).toEqual(['start', 'end', 'start', 'end']);
  });

  test('connects at once, so that no connection times out', async () => {
    const { s3, run } = createClient({ connectionTimeout: 1, socketTimeout: 1 });

    await expect(run(() => s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' })))).resolves.toBeDefined();
  });

  test("gives an error of AWS's as one", async () => {
    const { s3, run, events } = createClient();

    const get = run(() => s3.send(new GetObjectCommand({ Bucket, Key: 'none' })));

    await expect(get).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    expect(events).toEqual(['start', 'end']);
  });

  test('fails a request to a host that is not the emulator’s, and names it', async () => {
    const { s3, run, events } = createClient({ endpoint: 'https://example.com' });

    const get = run(() => s3.send(new GetObjectCommand({ Bucket, Key: 'k' })));

    await expect(get).rejects.toThrow('bucket.example.com is no endpoint of the emulator, and it can never reach AWS');
    expect(events).toEqual(['start', 'end']);
  });

  test('ends a request that is given up, once, and lets its late answer fall', async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const front: HttpFront = {
      async handle() {
        await answered;
        return { status: 200, headers: {}, body: Buffer.alloc(0) };
      },
    };
    const { httpModule, events } = createClient({ front });
    let responses = 0;
    const request = httpModule.request({ host: 's3.us-east-1.amazonaws.com' }, () => {
      responses++;
    });
    const closed = new Promise((resolve) => request.once('close', resolve));
    request.end();

    request.destroy();
    await closed;
    answer();
    await new Promise((resolve) => setImmediate(resolve));

    expect(events).toEqual(['start', 'end']);
    expect(responses).toBe(0);
  });
});
