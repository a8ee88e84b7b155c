import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { Upload, UploadedPart } from './bucket.ts';
import type { S3State } from './create-s3-service.ts';
import { findUpload, uploadMembers } from './find-upload.ts';
import { computeObjectArn } from './object-key.ts';
import { PART_NUMBER_MAX } from './upload-part.ts';

/** Of every part but the last: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const PART_BYTES_MIN = 5 * 1024 * 1024;

const partSchema = z.strictObject({ PartNumber: z.int().min(1).max(PART_NUMBER_MAX), ETag: z.string() });

/** `LastModified` is the upload's initiation: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
export function completeMultipartUpload(state: S3State): Operation {
  return defineOperation({
    name: 'CompleteMultipartUpload',
    input: z.strictObject({
      ...uploadMembers,
      MultipartUpload: z.strictObject({ Parts: z.array(partSchema).min(1) }),
    }),
    needs: (input) => [{ action: 's3:PutObject', resource: computeObjectArn(input) }],
    handle(input) {
      const { Bucket, Key, UploadId, MultipartUpload } = input;
      const upload = findUpload(state, input);
      const parts = selectParts(upload, MultipartUpload.Parts);
      const etag = computeCompositeEtag(parts);
      const bucket = state.findBucket(Bucket);
      bucket.uploads.delete(UploadId);
      bucket.put({
        key: Key,
        body: Buffer.concat(parts.map(({ body }) => body)),
        etag,
        contentType: upload.contentType,
        lastModifiedMs: upload.initiatedMs,
      });
      return { Location: state.computeUrl(input), Bucket, Key, ETag: etag };
    },
  });
}

/** @throws {AwsError} `InvalidPartOrder`, `InvalidPart`, `EntityTooSmall`. */
function selectParts(upload: Upload, wanted: readonly z.output<typeof partSchema>[]): UploadedPart[] {
  if (wanted.some(({ PartNumber }, index) => PartNumber <= (wanted[index - 1]?.PartNumber ?? 0))) {
    throw new AwsError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    );
  }
  const parts = wanted.map(({ PartNumber, ETag }) => {
    const part = upload.parts.get(PartNumber);
    if (part && unquote(part.etag) === unquote(ETag)) return part;
    throw new AwsError(
      'InvalidPart',
      "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    );
  });
  if (parts.slice(0, -1).some(({ body }) => body.length < PART_BYTES_MIN)) {
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return parts;
}

/** The digest of the parts' digests, and how many there are. */
function computeCompositeEtag(parts: readonly UploadedPart[]): string {
  const digests = parts.map(({ etag }) => Buffer.from(unquote(etag), 'hex'));
  return `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`;
}

function unquote(etag: string): string {
  return etag.replaceAll('"', '');
}
