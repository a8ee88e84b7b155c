// Parameters of what is done with an upload in parts, and the upload that they name.

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Upload } from './bucket.ts';
import type { S3State } from './create-s3-service.ts';
import { locationMembers, type ObjectLocation } from './object-key.ts';

export const uploadMembers = { ...locationMembers, UploadId: z.string().min(1) };

/** @throws {AwsError} `NoSuchUpload`, also when the upload is another key's; `NoSuchBucket`. */
export function findUpload(
  state: S3State,
  { Bucket, Key, UploadId }: ObjectLocation & { readonly UploadId: string },
): Upload {
  const upload = state.findBucket(Bucket).uploads.get(UploadId);
  if (upload?.key === Key) return upload;
  throw new AwsError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { status: 404 },
  );
}
