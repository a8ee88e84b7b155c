import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { Upload } from './bucket.ts';
import {
  bodyChecksumMembers,
  type ChecksumAlgorithm,
  findGivenChecksum,
  renderPartChecksum,
  verifyBody,
} from './checksum.ts';
import { findUpload, uploadMembers } from './find-upload.ts';
import { invalidArgument, invalidRequest } from './s3-error.ts';
import { needObject, type S3State } from './s3-state.ts';
import { computeEtag } from './store-object.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const PART_NUMBER_MAX = 10_000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export function uploadPart(state: S3State): Operation {
  return defineOperation({
    name: 'UploadPart',
    input: z.strictObject({
      ...uploadMembers,
      ...bodyChecksumMembers,
      PartNumber: z.int(),
      Body: z.instanceof(Buffer).default(Buffer.alloc(0)),
    }),
    needs: (input) => needObject(state, 's3:PutObject', input),
    handle(input) {
      const upload = findUpload(state, input);
      assertPartNumber(input.PartNumber);
      assertAlgorithm(upload, findGivenChecksum(input)?.algorithm);
      const { checksum, etag } = storePart(state, upload, input.PartNumber, input.Body, input);
      const isKnownToTheSender = findGivenChecksum(input) !== undefined || upload.checksum !== undefined;
      return {
        ETag: etag,
        ServerSideEncryption: 'AES256',
        ...(isKnownToTheSender && renderPartChecksum(checksum)),
      };
    },
  });
}

/** Takes the place of a part of the same number. @throws {S3Error} as `verifyBody`. */
export function storePart(
  state: S3State,
  upload: Upload,
  partNumber: number,
  body: Buffer,
  given: Parameters<typeof verifyBody>[1],
) {
  const ChecksumAlgorithm = upload.checksum?.algorithm ?? given.ChecksumAlgorithm;
  const part = {
    partNumber,
    body,
    etag: computeEtag(body),
    checksum: verifyBody(body, { ...given, ChecksumAlgorithm }),
    lastModifiedMs: state.nowInWholeSecondsMs(),
  };
  upload.parts.set(partNumber, part);
  return part;
}

/** @throws {S3Error} `InvalidArgument`. */
export function assertPartNumber(partNumber: number): void {
  if (partNumber >= 1 && partNumber <= PART_NUMBER_MAX) return;
  throw invalidArgument(
    `Part number must be an integer between 1 and ${PART_NUMBER_MAX}, inclusive`,
    'partNumber',
    String(partNumber),
  );
}

/** Parts have the checksum that the upload was begun with; without one, any. */
function assertAlgorithm({ checksum }: Upload, given: ChecksumAlgorithm | undefined): void {
  if (!checksum || given === undefined || given === checksum.algorithm) return;
  throw invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${checksum.algorithm.toLowerCase()}, ` +
      `actual checksum Type: ${given.toLowerCase()}`,
  );
}
