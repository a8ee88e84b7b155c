// One bucket: objects by key, and the uploads in parts that are under way.

import { findFirst, type ListedEntry, type Listing, listKeys } from './list-keys.ts';
import { compareUtf8 } from './utf8-order.ts';

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly contentType: string;
  /** Base64, when it came with one. */
  readonly crc32?: string;
  /** S3 keeps whole seconds; for an upload in parts, those of its initiation. */
  readonly lastModifiedMs: number;
}

export interface UploadedPart {
  readonly body: Buffer;
  readonly etag: string;
}

export interface Upload {
  readonly key: string;
  readonly contentType: string;
  readonly initiatedMs: number;
  /** By part number. */
  readonly parts: Map<number, UploadedPart>;
}

export class Bucket {
  readonly name: string;
  /** By upload id. */
  readonly uploads = new Map<string, Upload>();
  readonly #objects = new Map<string, StoredObject>();
  /** Keys up to the last listing, in UTF-8 order: most runs put far more often than they list. */
  #sortedKeys: string[] = [];
  /** Keys put since then, in no order. */
  #newKeys: string[] = [];

  constructor(name: string) {
    this.name = name;
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
