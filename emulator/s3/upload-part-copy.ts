import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { renderPartChecksum } from './checksum.ts';
import { copySourceMembers, findCopySource, needCopySource } from './copy-source.ts';
import { findUpload, uploadMembers } from './find-upload.ts';
import { invalidArgument } from './s3-error.ts';
import { needObject, type S3State } from './s3-state.ts';
import { assertPartNumber, storePart } from './upload-part.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export function uploadPartCopy(state: S3State): Operation {
  return defineOperation({
    name: 'UploadPartCopy',
    input: z.strictObject({
      ...uploadMembers,
      ...copySourceMembers,
      CopySourceRange: z.string().optional(),
      PartNumber: z.int(),
    }),
    needs: (input) => [...needCopySource(state, input), ...needObject(state, 's3:PutObject', input)],
    handle(input, context) {
      const upload = findUpload(state, input);
      assertPartNumber(input.PartNumber);
      const source = findCopySource(state, input, context);
      const body = input.CopySourceRange === undefined ? source.body : cut(source.body, input.CopySourceRange);
      const { etag, lastModifiedMs, checksum } = storePart(state, upload, input.PartNumber, body, {});
      return {
        ServerSideEncryption: 'AES256',
        CopyPartResult: {
          ETag: etag,
          LastModified: lastModifiedMs / 1000,
          ...(upload.checksum && renderPartChecksum(checksum)),
        },
      };
    },
  });
}

/** @throws {S3Error} `InvalidArgument`: unlike a read, a copy takes no range that is open or goes beyond the end. */
function cut(body: Buffer, text: string): Buffer {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(text) ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first)) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      text,
    );
  }
  if (Number(last) >= body.length) {
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${body.length}`,
      'x-amz-copy-source-range',
      text,
    );
  }
  return body.subarray(Number(first), Number(last) + 1);
}
