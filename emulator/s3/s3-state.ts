// What S3's operations share.

import type { AccessNeed, Principal } from '../kernel/access.ts';
import type { World } from '../kernel/world.ts';
import type { Bucket } from './bucket.ts';
import type { EventNotifier } from './event-notifier.ts';
import { type BucketLocation, computeBucketArn, computeObjectArn, type ObjectLocation } from './object-key.ts';
import { S3Error } from './s3-error.ts';

export interface S3State {
  readonly world: World;
  /** By name. */
  readonly buckets: Map<string, Bucket>;
  readonly notifier: EventNotifier;
  /** @throws {S3Error} `NoSuchBucket`, `AccessDenied` when it is not the expected owner's. */
  findBucket(location: BucketLocation): Bucket;
  /** What `LastModified` shows of this instant: whole seconds. */
  nowInWholeSecondsMs(): number;
  createUploadId(): string;
  computeUrl(location: ObjectLocation): string;
}

/** S3 says that a bucket is not there before it asks who wants to know. @throws {S3Error} as `findBucket`. */
export function needBucket(state: S3State, action: string, location: BucketLocation): readonly AccessNeed[] {
  state.findBucket(location);
  return [{ action, resource: computeBucketArn(location.Bucket) }];
}

/** With the keys that a policy may restrict a listing by; a request that leaves a member out lacks its key. */
export function needListing(
  state: S3State,
  input: BucketLocation & { Prefix: string; Delimiter?: string | undefined; MaxKeys?: number | undefined },
): readonly AccessNeed[] {
  const keys = {
    ...(input.Prefix !== '' && { 's3:prefix': input.Prefix }),
    ...(input.Delimiter !== undefined && { 's3:delimiter': input.Delimiter }),
    ...(input.MaxKeys !== undefined && { 's3:max-keys': String(input.MaxKeys) }),
  };
  const needs = needBucket(state, 's3:ListBucket', input);
  return Object.keys(keys).length === 0 ? needs : needs.map((need) => ({ ...need, keys }));
}

export function needObject(state: S3State, action: string, location: ObjectLocation): readonly AccessNeed[] {
  state.findBucket(location);
  return [{ action, resource: computeObjectArn(location) }];
}

/** @throws {S3Error} */
export function assertOwner(world: World, { ExpectedBucketOwner }: BucketLocation): void {
  if (ExpectedBucketOwner === undefined || ExpectedBucketOwner === world.accountId) return;
  if (!/^\d{12}$/.test(ExpectedBucketOwner)) {
    throw new S3Error(
      'InvalidBucketOwnerAWSAccountID',
      'The value of the expected bucket owner parameter must be an AWS account ID. Recheck the value and try again.',
      { details: { BucketOwner: ExpectedBucketOwner } },
    );
  }
  throw new S3Error('AccessDenied', 'Access Denied', { status: 403 });
}

export function noSuchBucket(name: string): S3Error {
  return new S3Error('NoSuchBucket', 'The specified bucket does not exist', {
    status: 404,
    details: { BucketName: name },
  });
}

/** An ARN as S3 writes it for whoever began an upload. */
export function computeInitiatorId(caller: Principal, accountId: string): string {
  switch (caller.kind) {
    case 'root':
      return `arn:aws:iam::${accountId}:root`;
    case 'service':
      return caller.service;
    case 'role': {
      const [, , , , roleAccountId, resource = ''] = caller.roleArn.split(':');
      return `arn:aws:sts::${roleAccountId}:assumed-role/${resource.split('/').at(-1)}/${caller.sessionName}`;
    }
  }
}
