import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computeEtag, computeObjectArn, type S3State } from './create-s3-service.ts';

export function putObject(state: S3State): Operation {
  return defineOperation({
    name: 'PutObject',
    input: z.strictObject({
      Bucket: z.string().min(1),
      Key: z.string().min(1).max(1024),
      Body: z.instanceof(Buffer).default(Buffer.alloc(0)),
      ContentType: z.string().default('application/octet-stream'),
    }),
    needs: (input) => [{ action: 's3:PutObject', resource: computeObjectArn(input) }],
    handle({ Bucket, Key, Body, ContentType }) {
      const etag = computeEtag(Body);
      state.findBucket(Bucket).put({
        key: Key,
        body: Body,
        etag,
        contentType: ContentType,
        lastModifiedMs: state.nowInWholeSecondsMs(),
      });
      return { ETag: etag };
    },
  });
}
