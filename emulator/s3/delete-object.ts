import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computeObjectArn, type S3State } from './create-s3-service.ts';

/** Deleting what is not there succeeds, as on AWS. */
export function deleteObject(state: S3State): Operation {
  return defineOperation({
    name: 'DeleteObject',
    input: z.strictObject({ Bucket: z.string().min(1), Key: z.string().min(1) }),
    needs: (input) => [{ action: 's3:DeleteObject', resource: computeObjectArn(input) }],
    handle({ Bucket, Key }) {
      state.findBucket(Bucket).delete(Key);
      return {};
    },
  });
}
