// An object takes its place under its key, and whoever wants to know of it is told.

import { hash } from 'node:crypto';
import type { CallContext } from '../kernel/operation.ts';
import type { Bucket, StoredObject } from './bucket.ts';
import type { ObjectEventName } from './object-event.ts';
import type { S3State } from './s3-state.ts';

export function storeObject(
  state: S3State,
  bucket: Bucket,
  object: StoredObject,
  eventName: ObjectEventName,
  context: CallContext,
): void {
  bucket.put(object);
  state.notifier.notify(bucket, { name: eventName, key: object.key, object }, context);
}

/** Of a body that came in one: the MD5 of it, in quotes. */
export function computeEtag(body: Buffer): string {
  return `"${hash('md5', body)}"`;
}
