import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { S3State } from './create-s3-service.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const KEYS_MAX = 1000;

export function listObjectsV2(state: S3State): Operation {
  return defineOperation({
    name: 'ListObjectsV2',
    input: z.strictObject({
      Bucket: z.string().min(1),
      Prefix: z.string().default(''),
      MaxKeys: z.int().min(0).default(KEYS_MAX),
      StartAfter: z.string().default(''),
      ContinuationToken: z.string().optional(),
    }),
    needs: ({ Bucket }) => [{ action: 's3:ListBucket', resource: `arn:aws:s3:::${Bucket}` }],
    handle({ Bucket, Prefix, MaxKeys, StartAfter, ContinuationToken }) {
      const bucket = state.findBucket(Bucket);
      const after = ContinuationToken === undefined ? StartAfter : Buffer.from(ContinuationToken, 'base64').toString();
      const limit = Math.min(MaxKeys, KEYS_MAX);
      const keys: string[] = [];
      let isTruncated = false;
      for (const key of bucket.keysAfter(after, Prefix)) {
        if (keys.length === limit) {
          isTruncated = true;
          break;
        }
        keys.push(key);
      }
      return {
        Name: Bucket,
        Prefix,
        MaxKeys: limit,
        KeyCount: keys.length,
        IsTruncated: isTruncated,
        Contents: keys.flatMap((key) => {
          const object = bucket.get(key);
          if (!object) return [];
          const { body, etag, lastModifiedMs } = object;
          return {
            Key: key,
            LastModified: lastModifiedMs / 1000,
            ETag: etag,
            Size: body.length,
            StorageClass: 'STANDARD',
          };
        }),
        ...(isTruncated && { NextContinuationToken: Buffer.from(keys.at(-1) ?? '').toString('base64') }),
      };
    },
  });
}
