// S3: buckets, objects, listings, uploads in parts, event notifications.

import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import type { Bucket } from './bucket.ts';
import { createBucket } from './create-bucket.ts';
import { createS3Operations } from './create-s3-operations.ts';
import { deleteBucket } from './delete-bucket.ts';
import { EventNotifier } from './event-notifier.ts';
import type { NotificationConfiguration } from './notification-configuration.ts';
import type { Tag } from './object-tags.ts';
import { assertOwner, noSuchBucket, type S3State } from './s3-state.ts';
import { encodeKey } from './url-encoding.ts';

export interface S3Service {
  readonly service: Service;
  /** @throws {S3Error} `BucketAlreadyOwnedByYou`, `InvalidBucketName`. */
  createBucket(name: string, options?: { readonly tags?: readonly Tag[] }): void;
  /** Deletes all objects and gives up all uploads. @throws {S3Error} `NoSuchBucket`. */
  emptyBucket(name: string): void;
  /** @throws {S3Error} `BucketNotEmpty`, `NoSuchBucket`. */
  deleteBucket(name: string): void;
  /** What `GetBucketPolicy` shows; that it holds is the policy store's. Undefined when there is none. */
  showBucketPolicy(name: string, policy: string | undefined): void;
  /**
   * Sends each destination a test event first, as S3 does. Takes no modelled time.
   * @throws {S3Error} `InvalidArgument` when a destination does not take it, or for what S3 would refuse as well.
   */
  configureNotifications(name: string, configuration: NotificationConfiguration): Promise<void>;
}

const UPLOAD_ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function createS3Service(world: World): S3Service {
  const buckets = new Map<string, Bucket>();
  const random = world.random('s3');
  const findBucket: S3State['findBucket'] = (location) => {
    const bucket = buckets.get(location.Bucket);
    if (!bucket) throw noSuchBucket(location.Bucket);
    assertOwner(world, location);
    return bucket;
  };
  const notifier = new EventNotifier(world);
  const nowInWholeSecondsMs = () => Math.floor(world.clock.now() / 1000) * 1000;
  const state: S3State = {
    world,
    buckets,
    notifier,
    findBucket,
    nowInWholeSecondsMs,
    createUploadId: () => random.text(64, UPLOAD_ID_ALPHABET),
    computeUrl: ({ Bucket: name, Key }) => `https://${name}.s3.${world.region}.amazonaws.com/${encodeKey(Key)}`,
  };
  return {
    service: { name: 's3', operations: createS3Operations(state) },
    createBucket: (name, { tags = [] } = {}) => createBucket(state, name, tags),
    emptyBucket: (name) => findBucket({ Bucket: name }).empty(),
    deleteBucket: (name) => deleteBucket(state, findBucket({ Bucket: name })),
    showBucketPolicy(name, policy) {
      findBucket({ Bucket: name }).policy = policy;
    },
    async configureNotifications(name, configuration) {
      const bucket = findBucket({ Bucket: name });
      await notifier.configure(bucket, configuration);
    },
  };
}
