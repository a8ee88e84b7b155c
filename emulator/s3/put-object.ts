import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { assertChecksum, checksumMembers } from './checksum.ts';
import { computeEtag, type S3State } from './create-s3-service.ts';
import { assertKeyLength, computeObjectArn, locationMembers } from './object-key.ts';

export function putObject(state: S3State): Operation {
  return defineOperation({
    name: 'PutObject',
    input: z.strictObject({
      ...locationMembers,
      ...checksumMembers,
      Body: z.instanceof(Buffer).default(Buffer.alloc(0)),
      ContentType: z.string().default('application/octet-stream'),
    }),
    needs: (input) => [{ action: 's3:PutObject', resource: computeObjectArn(input) }],
    handle({ Bucket, Key, Body, ContentType, ChecksumCRC32 }) {
      const bucket = state.findBucket(Bucket);
      assertKeyLength(Key);
      assertChecksum(Body, ChecksumCRC32);
      const etag = computeEtag(Body);
      bucket.put({
        key: Key,
        body: Body,
        etag,
        contentType: ContentType,
        lastModifiedMs: state.nowInWholeSecondsMs(),
        ...(ChecksumCRC32 !== undefined && { crc32: ChecksumCRC32 }),
      });
      return { ETag: etag, ...(ChecksumCRC32 !== undefined && { ChecksumCRC32 }) };
    },
  });
}
