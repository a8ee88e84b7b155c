// An SDK client of S3 and plain requests, both over the wire, with a bucket called `bucket`: for tests.

import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { createTestAccount, type TestAccount } from '../create-test-account.fixture.ts';
import { createHttpFront } from './http-front.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import { createSdkRequestHandler } from './sdk-request-handler.ts';

export interface S3Exchange {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
}

export interface TestS3Client extends TestAccount {
  readonly client: S3Client;
  /** Everything that the client sent, and got. */
  readonly exchanges: readonly S3Exchange[];
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Sends as it is; the host is that of `bucket`. */
  send(request: Partial<HttpRequest>): Promise<HttpResponse & { readonly text: string }>;
}

export function createS3Client(config: S3ClientConfig = {}): TestS3Client {
  const account = createTestAccount();
  account.services.s3.createBucket('bucket');
  const front = createHttpFront({
    gateway: account.world.gateway,
    region: 'us-east-1',
    findPrincipal: (accessKeyId) => (accessKeyId === 'AKIATEST' ? { kind: 'root' } : undefined),
  });
  const exchanges: S3Exchange[] = [];
  const client = new S3Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    requestHandler: createSdkRequestHandler({
      async handle(request) {
        const response = await account.outside.waitFor(() => front.handle(request));
        exchanges.push({ request, response });
        return response;
      },
    }),
    maxAttempts: 1,
    ...config,
  });
  return {
    ...account,
    client,
    exchanges,
    run<T>(work: () => Promise<T>): Promise<T> {
      account.outside.begin();
      return account.world.clock.runUntilSettled(work().finally(() => account.outside.end()));
    },
    async send(request) {
      const host = 'bucket.s3.us-east-1.amazonaws.com';
      const whole = { method: 'GET', host, path: '/', query: {}, headers: {}, body: Buffer.alloc(0), ...request };
      const response = await account.world.clock.runUntilSettled(front.handle(whole));
      return { ...response, text: response.body.toString() };
    },
  };
}
