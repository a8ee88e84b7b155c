// One bucket: objects by key, and the uploads in parts that are under way.

import type { Checksum, ChecksumAlgorithm, ChecksumType } from './checksum.ts';
import { findFirst, type ListedEntry, type Listing, listKeys } from './list-keys.ts';
import type { NotificationRoute } from './notification-configuration.ts';
import type { ObjectHeaders } from './object-headers.ts';
import type { Tag } from './object-tags.ts';
import { compareUtf8 } from './utf8-order.ts';

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly headers: ObjectHeaders;
  readonly tags: readonly Tag[];
  readonly checksum: Checksum;
  /** Of an object that was uploaded in parts, in their order. */
  readonly parts?: readonly ObjectPart[];
  /** S3 keeps whole seconds; for an upload in parts, those of its initiation. */
  readonly lastModifiedMs: number;
}

export interface ObjectPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly checksum: Checksum;
}

export interface UploadedPart {
  readonly partNumber: number;
  readonly body: Buffer;
  readonly etag: string;
  readonly checksum: Checksum;
  readonly lastModifiedMs: number;
}

export interface Upload {
  readonly uploadId: string;
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly tags: readonly Tag[];
  /** What the upload was begun with; without it every part may have its own, and the object gets the default one. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType } | undefined;
  readonly initiatedMs: number;
  /** The ARN of whoever began it. */
  readonly initiatorId: string;
  /** By part number. */
  readonly parts: Map<number, UploadedPart>;
}

export class Bucket {
  readonly name: string;
  readonly createdMs: number;
  /** By upload id. */
  readonly uploads = new Map<string, Upload>();
  readonly #objects = new Map<string, StoredObject>();
  /** Keys up to the last listing, in UTF-8 order: most runs put far more often than they list. */
  #sortedKeys: string[] = [];
  /** Keys put since then, in no order. */
  #newKeys: string[] = [];

  /** Where its events go. */
  notificationRoutes: readonly NotificationRoute[] = [];
  tags: readonly Tag[] = [];
  /** The JSON of the bucket's policy, for those who ask for it. */
  policy: string | undefined;

  constructor(name: string, createdMs: number) {
    this.name = name;
    this.createdMs = createdMs;
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  put(object: StoredObject): void {
    if (!this.#objects.has(object.key)) this.#newKeys.push(object.key);
    this.#objects.set(object.key, object);
  }

  delete(key: string): void {
    if (!this.#objects.delete(key)) return;
    this.#sortNewKeys();
    this.#sortedKeys.splice(
      findFirst(this.#sortedKeys, (sorted) => compareUtf8(sorted, key) >= 0),
      1,
    );
  }

  /** Objects and uploads. */
  empty(): void {
    this.#objects.clear();
    this.uploads.clear();
    this.#sortedKeys = [];
    this.#newKeys = [];
  }

  /** What comes, in UTF-8 order; the bucket must not change while the entries are read. */
  list(listing: Listing): Generator<ListedEntry> {
    this.#sortNewKeys();
    return listKeys(this.#sortedKeys, listing);
  }

  /** Merges the new keys in, so that a listing between puts costs the new keys' sorting only, and one copy. */
  #sortNewKeys(): void {
    if (this.#newKeys.length === 0) return;
    const merged: string[] = [];
    let index = 0;
    for (const newKey of this.#newKeys.sort(compareUtf8)) {
      const end = findFirst(this.#sortedKeys, (key) => compareUtf8(key, newKey) > 0);
      for (const key of this.#sortedKeys.slice(index, end)) merged.push(key);
      merged.push(newKey);
      index = end;
    }
    for (const key of this.#sortedKeys.slice(index)) merged.push(key);
    this.#sortedKeys = merged;
    this.#newKeys = [];
  }
}
