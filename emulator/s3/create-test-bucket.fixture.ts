// A bucket in an account where all is allowed, reached through the gateway: for tests of S3's rules.

import { createTestAccount, START_MS, type TestAccount } from '../create-test-account.fixture.ts';

export { START_MS };

export const MEBIBYTE = 1024 * 1024;

export interface TestUpload {
  readonly UploadId: string;
  uploadPart(partNumber: number, body: Buffer, input?: object): Promise<{ PartNumber: number; ETag: unknown }>;
  complete(parts: readonly object[], input?: object): Promise<Record<string, unknown>>;
}

export interface TestBucket extends TestAccount {
  /** An operation on the bucket, which is called `bucket`. */
  s3(operation: string, input?: object): Promise<Record<string, unknown>>;
  put(key: string, body?: string, input?: object): Promise<Record<string, unknown>>;
  read(key: string, input?: object): Promise<string>;
  listKeys(input?: object): Promise<string[]>;
  startUpload(key: string, input?: object): Promise<TestUpload>;
}

export function createTestBucket(): TestBucket {
  const account = createTestAccount();
  account.services.s3.createBucket('bucket');
  const s3 = (operation: string, input: object = {}) => account.call('s3', operation, { Bucket: 'bucket', ...input });
  return {
    ...account,
    s3,
    put: (Key, body = '', input = {}) => s3('PutObject', { Key, Body: Buffer.from(body), ...input }),
    read: async (Key, input = {}) => String((await s3('GetObject', { Key, ...input })).Body),
    async listKeys(input) {
      const { Contents } = await s3('ListObjectsV2', input);
      return (Contents as { Key: string }[]).map(({ Key }) => Key);
    },
    async startUpload(Key, input) {
      const { UploadId } = await s3('CreateMultipartUpload', { Key, ...input });
      return {
        UploadId: String(UploadId),
        async uploadPart(PartNumber, Body, partInput) {
          const { ETag } = await s3('UploadPart', { Key, UploadId, PartNumber, Body, ...partInput });
          return { PartNumber, ETag };
        },
        complete: (Parts, completionInput) =>
          s3('CompleteMultipartUpload', { Key, UploadId, MultipartUpload: { Parts }, ...completionInput }),
      };
    },
  };
}
