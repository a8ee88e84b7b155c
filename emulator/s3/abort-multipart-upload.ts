import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { findUpload, uploadMembers } from './find-upload.ts';
import { needObject, type S3State } from './s3-state.ts';

export function abortMultipartUpload(state: S3State): Operation {
  return defineOperation({
    name: 'AbortMultipartUpload',
    input: z.strictObject(uploadMembers),
    needs: (input) => needObject(state, 's3:AbortMultipartUpload', input),
    handle(input) {
      findUpload(state, input);
      state.findBucket(input).uploads.delete(input.UploadId);
      return {};
    },
  });
}
