import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { Upload, UploadedPart } from './bucket.ts';
import {
  badDigest,
  type Checksum,
  checksumValueMembers,
  computeChecksum,
  computeComposite,
  DEFAULT_ALGORITHM,
  findGivenChecksum,
  renderChecksum,
} from './checksum.ts';
import { assertWriteConditions, unquote, writeConditionMembers } from './conditions.ts';
import { findUpload, uploadMembers } from './find-upload.ts';
import { invalidRequest, S3Error } from './s3-error.ts';
import { needObject, type S3State } from './s3-state.ts';
import { completedPartSchema, selectParts } from './select-parts.ts';
import { storeObject } from './store-object.ts';

/** `LastModified` is the upload's initiation: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
export function completeMultipartUpload(state: S3State): Operation {
  return defineOperation({
    name: 'CompleteMultipartUpload',
    input: z.strictObject({
      ...uploadMembers,
      ...checksumValueMembers,
      ...writeConditionMembers,
      ChecksumType: z.enum(['COMPOSITE', 'FULL_OBJECT']).optional(),
      /** Bytes. */
      MpuObjectSize: z.int().optional(),
      MultipartUpload: z.strictObject({ Parts: z.array(completedPartSchema) }),
    }),
    needs: (input) => needObject(state, 's3:PutObject', input),
    handle(input, context) {
      const { Bucket, Key, UploadId, MultipartUpload } = input;
      const upload = findUpload(state, input);
      if (MultipartUpload.Parts.length === 0) throw new S3Error('MalformedXML', MALFORMED);
      const parts = selectParts(upload, MultipartUpload.Parts);
      const bucket = state.findBucket(input);
      const body = joinBodies(parts);
      assertSize(body.length, input.MpuObjectSize);
      const checksum = computeObjectChecksum(upload, parts, body, input);
      assertWriteConditions(bucket, Key, input, context);
      const etag = computeCompositeEtag(parts);
      bucket.uploads.delete(UploadId);
      const object = {
        key: Key,
        body,
        etag,
        headers: upload.headers,
        tags: upload.tags,
        checksum,
        parts: parts.map((part) => ({
          partNumber: part.partNumber,
          sizeBytes: part.body.length,
          checksum: part.checksum,
        })),
        lastModifiedMs: upload.initiatedMs,
      };
      storeObject(state, bucket, object, 'ObjectCreated:CompleteMultipartUpload', context);
      return {
        Location: state.computeUrl(input),
        Bucket,
        Key,
        ETag: etag,
        ServerSideEncryption: 'AES256',
        ...renderChecksum(checksum),
      };
    },
  });
}

const MALFORMED = 'The XML you provided was not well-formed or did not validate against our published schema';

/** One part is the object as it is. */
function joinBodies(parts: readonly UploadedPart[]): Buffer {
  const [first] = parts;
  return parts.length === 1 && first ? first.body : Buffer.concat(parts.map(({ body }) => body));
}

/** @throws {S3Error} `InvalidRequest`. */
function assertSize(sizeBytes: number, given: number | undefined): void {
  if (given === undefined || given === sizeBytes) return;
  throw invalidRequest(
    `The provided 'x-amz-mp-object-size' header value ${given} does not match what was computed: ${sizeBytes}`,
  );
}

/** @throws {S3Error} `BadDigest`, `InvalidRequest` when the request says otherwise. */
function computeObjectChecksum(
  { checksum }: Upload,
  parts: readonly UploadedPart[],
  body: Buffer,
  input: Parameters<typeof findGivenChecksum>[0] & { readonly ChecksumType?: Checksum['type'] | undefined },
): Checksum {
  const given = findGivenChecksum(input);
  const { algorithm, type } = checksum ?? {
    algorithm: given?.algorithm ?? DEFAULT_ALGORITHM,
    type: 'FULL_OBJECT' as const,
  };
  const isOther = input.ChecksumType !== undefined && input.ChecksumType !== type;
  if (isOther || (given && given.algorithm !== algorithm)) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const computed: Checksum =
    type === 'COMPOSITE'
      ? computeComposite(
          algorithm,
          parts.map((part) => part.checksum.value),
        )
      : { algorithm, type, value: computeChecksum(algorithm, body) };
  if (given && given.value !== computed.value) throw badDigest(algorithm);
  return computed;
}

/** The digest of the parts' digests, and how many there are. */
function computeCompositeEtag(parts: readonly UploadedPart[]): string {
  const digests = parts.map(({ etag }) => Buffer.from(unquote(etag), 'hex'));
  return `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`;
}
