import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { algorithmSchema, type ChecksumAlgorithm, type ChecksumType } from './checksum.ts';
import { assertStorage, createObjectHeaders, headerMembers, storageMembers } from './object-headers.ts';
import { assertKeyLength, locationMembers } from './object-key.ts';
import { parseTaggingHeader } from './object-tags.ts';
import { invalidRequest } from './s3-error.ts';
import { computeInitiatorId, needObject, type S3State } from './s3-state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
const TYPES: Readonly<Record<ChecksumAlgorithm, readonly [ChecksumType, ...ChecksumType[]]>> = {
  CRC32: ['COMPOSITE', 'FULL_OBJECT'],
  CRC32C: ['COMPOSITE', 'FULL_OBJECT'],
  CRC64NVME: ['FULL_OBJECT'],
  SHA1: ['COMPOSITE'],
  SHA256: ['COMPOSITE'],
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export function createMultipartUpload(state: S3State): Operation {
  return defineOperation({
    name: 'CreateMultipartUpload',
    input: z.strictObject({
      ...locationMembers,
      ...headerMembers,
      ...storageMembers,
      Tagging: z.string().optional(),
      ChecksumAlgorithm: algorithmSchema.optional(),
      ChecksumType: z.enum(['COMPOSITE', 'FULL_OBJECT']).optional(),
    }),
    needs: (input) => [
      ...needObject(state, 's3:PutObject', input),
      ...(input.Tagging ? needObject(state, 's3:PutObjectTagging', input) : []),
    ],
    handle(input, { caller }) {
      const { Bucket, Key, Tagging = '', ChecksumAlgorithm, ChecksumType } = input;
      const bucket = state.findBucket(input);
      assertKeyLength(Key);
      assertStorage('CreateMultipartUpload', input);
      const uploadId = state.createUploadId();
      const checksum = chooseChecksum(ChecksumAlgorithm, ChecksumType);
      bucket.uploads.set(uploadId, {
        uploadId,
        key: Key,
        headers: createObjectHeaders(input),
        tags: parseTaggingHeader(Tagging),
        checksum,
        initiatorId: computeInitiatorId(caller, state.world.accountId),
        initiatedMs: state.nowInWholeSecondsMs(),
        parts: new Map(),
      });
      return {
        Bucket,
        Key,
        UploadId: uploadId,
        ServerSideEncryption: 'AES256',
        ...(checksum && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
      };
    },
  });
}

/** @throws {S3Error} `InvalidRequest` for a type that the algorithm does not have. */
function chooseChecksum(algorithm: ChecksumAlgorithm | undefined, type: ChecksumType | undefined) {
  if (algorithm === undefined) {
    if (type === undefined) return undefined;
    throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.');
  }
  if (type !== undefined && !TYPES[algorithm].includes(type)) {
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, type: type ?? TYPES[algorithm][0] };
}
