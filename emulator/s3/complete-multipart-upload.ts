import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computeObjectArn, type S3State } from './create-s3-service.ts';
import { findUpload } from './upload-part.ts';

const partSchema = z.strictObject({ PartNumber: z.int().min(1), ETag: z.string() });

/** `LastModified` is the upload's initiation: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
export function completeMultipartUpload(state: S3State): Operation {
  return defineOperation({
    name: 'CompleteMultipartUpload',
    input: z.strictObject({
      Bucket: z.string().min(1),
      Key: z.string().min(1),
      UploadId: z.string().min(1),
      MultipartUpload: z.strictObject({ Parts: z.array(partSchema).min(1) }),
    }),
    needs: (input) => [{ action: 's3:PutObject', resource: computeObjectArn(input) }],
    handle({ Bucket, Key, UploadId, MultipartUpload }) {
      const bucket = state.findBucket(Bucket);
      const upload = findUpload(bucket, UploadId);
      const parts = MultipartUpload.Parts.map(({ PartNumber, ETag }) => {
        const part = upload.parts.get(PartNumber);
        if (part && unquote(part.etag) === unquote(ETag)) return part;
        throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.');
      });
      const digests = parts.map(({ etag }) => Buffer.from(unquote(etag), 'hex'));
      const etag = `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`;
      bucket.uploads.delete(UploadId);
      bucket.put({
        key: Key,
        body: Buffer.concat(parts.map(({ body }) => body)),
        etag,
        contentType: upload.contentType,
        lastModifiedMs: upload.initiatedMs,
      });
      return { Bucket, Key, ETag: etag };
    },
  });
}

function unquote(etag: string): string {
  return etag.replaceAll('"', '');
}
