// S3: objects, listings, uploads in parts.

import { createHash } from 'node:crypto';
import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { abortMultipartUpload } from './abort-multipart-upload.ts';
import { Bucket } from './bucket.ts';
import { completeMultipartUpload } from './complete-multipart-upload.ts';
import { createMultipartUpload } from './create-multipart-upload.ts';
import { deleteObject } from './delete-object.ts';
import { getObject } from './get-object.ts';
import { headObject } from './head-object.ts';
import { listObjectsV2 } from './list-objects-v2.ts';
import type { ObjectLocation } from './object-key.ts';
import { putObject } from './put-object.ts';
import { uploadPart } from './upload-part.ts';

export interface S3State {
  /** @throws {AwsError} `NoSuchBucket`. */
  findBucket(name: string): Bucket;
  /** What `LastModified` shows of this instant: whole seconds. */
  nowInWholeSecondsMs(): number;
  createUploadId(): string;
  computeUrl(location: ObjectLocation): string;
}

export interface S3Service {
  readonly service: Service;
  /** @throws {AwsError} `BucketAlreadyOwnedByYou`. */
  createBucket(name: string): void;
  /** Deletes all objects and gives up all uploads. @throws {AwsError} `NoSuchBucket`. */
  emptyBucket(name: string): void;
  /** @throws {AwsError} `BucketNotEmpty`, `NoSuchBucket`. */
  deleteBucket(name: string): void;
}

const UPLOAD_ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function createS3Service(world: World): S3Service {
  const buckets = new Map<string, Bucket>();
  const random = world.random('s3');
  const findBucket = (name: string) => {
    const bucket = buckets.get(name);
    if (bucket) return bucket;
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404 });
  };
  const state: S3State = {
    findBucket,
    nowInWholeSecondsMs: () => Math.floor(world.clock.now() / 1000) * 1000,
    createUploadId: () => random.text(64, UPLOAD_ID_ALPHABET),
    computeUrl: ({ Bucket: name, Key }) =>
      `https://${name}.s3.${world.region}.amazonaws.com/${encodeURIComponent(Key).replaceAll('%2F', '/')}`,
  };
  return {
    service: { name: 's3', operations: createOperations(state) },
    createBucket(name) {
      if (buckets.has(name)) {
        throw new AwsError(
          'BucketAlreadyOwnedByYou',
          'Your previous request to create the named bucket succeeded and you already own it.',
          { status: 409 },
        );
      }
      buckets.set(name, new Bucket(name));
    },
    emptyBucket: (name) => findBucket(name).empty(),
    deleteBucket(name) {
      if (!findBucket(name).isEmpty) {
        throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', { status: 409 });
      }
      buckets.delete(name);
    },
  };
}

function createOperations(state: S3State) {
  return [
    putObject(state),
    getObject(state),
    headObject(state),
    deleteObject(state),
    listObjectsV2(state),
    createMultipartUpload(state),
    uploadPart(state),
    completeMultipartUpload(state),
    abortMultipartUpload(state),
  ];
}

export function computeEtag(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
