import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { S3State } from './create-s3-service.ts';
import { computeObjectArn, locationMembers } from './object-key.ts';

/** Deleting what is not there succeeds, as on AWS. */
export function deleteObject(state: S3State): Operation {
  return defineOperation({
    name: 'DeleteObject',
    input: z.strictObject(locationMembers),
    needs: (input) => [{ action: 's3:DeleteObject', resource: computeObjectArn(input) }],
    handle({ Bucket, Key }) {
      state.findBucket(Bucket).delete(Key);
      return {};
    },
  });
}
