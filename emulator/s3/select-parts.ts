// The parts that a completion names, if they are as it says.

import { z } from 'zod';
import type { Upload, UploadedPart } from './bucket.ts';
import { checksumValueMembers, findGivenChecksum } from './checksum.ts';
import { unquote } from './conditions.ts';
import { invalidRequest, S3Error } from './s3-error.ts';

/** Of every part but the last: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const PART_BYTES_MIN = 5 * 1024 * 1024;

export const completedPartSchema = z.strictObject({
  ...checksumValueMembers,
  PartNumber: z.int(),
  ETag: z.string(),
});

type CompletedPart = z.output<typeof completedPartSchema>;

/** @throws {S3Error} `InvalidPartOrder`, `InvalidPart`, `EntityTooSmall`, `InvalidRequest`. */
export function selectParts(upload: Upload, wanted: readonly CompletedPart[]): UploadedPart[] {
  if (wanted.some(({ PartNumber }, index) => PartNumber <= (wanted[index - 1]?.PartNumber ?? 0))) {
    throw new S3Error(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      { details: { UploadId: upload.uploadId } },
    );
  }
  const parts = wanted.map((named) => findPart(upload, named));
  const small = parts.slice(0, -1).find(({ body }) => body.length < PART_BYTES_MIN);
  if (small) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      details: {
        ProposedSize: String(small.body.length),
        MinSizeAllowed: String(PART_BYTES_MIN),
        PartNumber: String(small.partNumber),
        ETag: unquote(small.etag),
      },
    });
  }
  return parts;
}

function findPart(upload: Upload, named: CompletedPart): UploadedPart {
  const part = upload.parts.get(named.PartNumber);
  const given = findGivenChecksum(named);
  if (upload.checksum?.type === 'COMPOSITE' && !given) {
    throw invalidRequest(
      `The upload was created using a ${upload.checksum.algorithm.toLowerCase()} checksum. The complete request must ` +
        `include the checksum for each part. It was missing for part ${named.PartNumber} in the request.`,
    );
  }
  const hasChecksum = !given || (part?.checksum.algorithm === given.algorithm && part.checksum.value === given.value);
  if (part && unquote(part.etag) === unquote(named.ETag) && hasChecksum) return part;
  throw new S3Error(
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    {
      details: {
        UploadId: upload.uploadId,
        PartNumber: String(named.PartNumber),
        ETag: unquote(named.ETag),
      },
    },
  );
}
