// S3: objects, listings, uploads in parts.

import { createHash } from 'node:crypto';
import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { Bucket } from './bucket.ts';
import { completeMultipartUpload } from './complete-multipart-upload.ts';
import { createMultipartUpload } from './create-multipart-upload.ts';
import { deleteObject } from './delete-object.ts';
import { getObject } from './get-object.ts';
import { headObject } from './head-object.ts';
import { listObjectsV2 } from './list-objects-v2.ts';
import { putObject } from './put-object.ts';
import { uploadPart } from './upload-part.ts';

export interface S3State {
  /** @throws {AwsError} `NoSuchBucket`. */
  findBucket(name: string): Bucket;
  /** What `LastModified` shows of this instant: whole seconds. */
  nowInWholeSecondsMs(): number;
  createUploadId(): string;
}

export interface S3Service {
  readonly service: Service;
  createBucket(name: string): void;
}

export function createS3Service(world: World): S3Service {
  const buckets = new Map<string, Bucket>();
  const random = world.random('s3');
  const state: S3State = {
    findBucket(name) {
      const bucket = buckets.get(name);
      if (bucket) return bucket;
      throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404 });
    },
    nowInWholeSecondsMs: () => Math.floor(world.clock.now() / 1000) * 1000,
    createUploadId: () => random.text(64, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'),
  };
  return {
    service: {
      name: 's3',
      operations: [
        putObject(state),
        getObject(state),
        headObject(state),
        deleteObject(state),
        listObjectsV2(state),
        createMultipartUpload(state),
        uploadPart(state),
        completeMultipartUpload(state),
      ],
    },
    createBucket(name) {
      buckets.set(name, new Bucket(name));
    },
  };
}

export function computeObjectArn({ Bucket: bucket, Key }: { Bucket: string; Key: string }): string {
  return `arn:aws:s3:::${bucket}/${Key}`;
}

export function computeEtag(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
