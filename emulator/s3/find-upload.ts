// Parameters of what is done with an upload in parts, and the upload that they name.

import { z } from 'zod';
import type { Upload } from './bucket.ts';
import { locationMembers, type ObjectLocation } from './object-key.ts';
import { S3Error } from './s3-error.ts';
import type { S3State } from './s3-state.ts';

export const uploadMembers = { ...locationMembers, UploadId: z.string().min(1) };

/** @throws {S3Error} `NoSuchUpload`, also when the upload is another key's; `NoSuchBucket`. */
export function findUpload(state: S3State, location: ObjectLocation & { readonly UploadId: string }): Upload {
  const upload = state.findBucket(location).uploads.get(location.UploadId);
  if (upload?.key === location.Key) return upload;
  throw new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { status: 404, details: { UploadId: location.UploadId } },
  );
}
