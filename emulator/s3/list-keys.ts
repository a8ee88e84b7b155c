// Walks sorted keys as a listing shows them: keys, and prefixes that stand for all keys under them.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html

import { compareUtf8 } from './utf8-order.ts';

export interface ListedEntry {
  readonly kind: 'key' | 'prefix';
  readonly text: string;
}

export interface Listing {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  /** The listing goes on behind this entry. */
  readonly after: ListedEntry | undefined;
}

/** `keys` must be sorted by `compareUtf8`. Costs a binary search, and another for each prefix it meets. */
export function* listKeys(keys: readonly string[], { prefix, delimiter, after }: Listing): Generator<ListedEntry> {
  const start = findFirst(keys, (key) => compareUtf8(key, prefix) >= 0);
  let index = after ? Math.max(start, findBehind(keys, after)) : start;
  for (let key = keys[index]; key?.startsWith(prefix); key = keys[index]) {
    const delimiterStart = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    if (!delimiter || delimiterStart < 0) {
      yield { kind: 'key', text: key };
      index++;
      continue;
    }
    const entry: ListedEntry = { kind: 'prefix', text: key.slice(0, delimiterStart + delimiter.length) };
    yield entry;
    index = findBehind(keys, entry);
  }
}

function findBehind(keys: readonly string[], { kind, text }: ListedEntry): number {
  return kind === 'key'
    ? findFirst(keys, (key) => compareUtf8(key, text) > 0)
    : findFirst(keys, (key) => compareUtf8(key, text) > 0 && !key.startsWith(text));
}

/** Index of the first key that `isReached`, which must be false up to some key and true from there. */
export function findFirst(keys: readonly string[], isReached: (key: string) => boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isReached(keys[middle] ?? '')) high = middle;
    else low = middle + 1;
  }
  return low;
}
