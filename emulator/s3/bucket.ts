// One bucket: objects by key, listed in UTF-8 order, and the uploads in parts that are under way.

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly contentType: string;
  /** S3 keeps whole seconds; for an upload in parts, those of its initiation. */
  readonly lastModifiedMs: number;
}

export interface Upload {
  readonly key: string;
  readonly contentType: string;
  readonly initiatedMs: number;
  readonly parts: Map<number, { readonly body: Buffer; readonly etag: string }>;
}

export class Bucket {
  readonly name: string;
  readonly uploads = new Map<string, Upload>();
  readonly #objects = new Map<string, StoredObject>();
  /** Sorted lazily: most runs put far more often than they list. */
  #sortedKeys: string[] | undefined;

  constructor(name: string) {
    this.name = name;
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  put(object: StoredObject): void {
    if (!this.#objects.has(object.key)) this.#sortedKeys = undefined;
    this.#objects.set(object.key, object);
  }

  delete(key: string): void {
    if (this.#objects.delete(key)) this.#sortedKeys = undefined;
  }

  /** Keys with the prefix that come after `after`, in UTF-8 order. */
  *keysAfter(after: string, prefix: string): Generator<string> {
    this.#sortedKeys ??= [...this.#objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    for (let index = this.#findStart(after < prefix ? prefix : after); index < this.#sortedKeys.length; index++) {
      const key = this.#sortedKeys[index];
      if (key === undefined) return;
      if (key === after) continue;
      if (!key.startsWith(prefix)) {
        if (key > prefix) return;
        continue;
      }
      yield key;
    }
  }

  /** Index of the first key that is not before `key`. */
  #findStart(key: string): number {
    const keys = this.#sortedKeys ?? [];
    const target = Buffer.from(key);
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (Buffer.compare(Buffer.from(keys[middle] ?? ''), target) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
