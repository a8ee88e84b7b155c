import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bucket } from './bucket.ts';
import type { ListedEntry, Listing } from './list-keys.ts';
import { compareUtf8 } from './utf8-order.ts';

const compareBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
/** Few characters, so that prefixes and delimiters are met often; the last two sort apart in UTF-16 and UTF-8. */
const keyText = fc.string({
  unit: fc.constantFrom('a', 'b', '/', 'é', '\uffee', '\u{1f600}'),
  minLength: 1,
  maxLength: 6,
});
const keyTexts = fc.uniqueArray(keyText, { maxLength: 40 });

function createBucket(keys: readonly string[]): Bucket {
  const bucket = new Bucket('bucket', 0);
  for (const key of keys) put(bucket, key);
  return bucket;
}

function put(bucket: Bucket, key: string): void {
  bucket.put({
    key,
    body: Buffer.alloc(0),
    etag: '""',
    headers: { ContentType: 'text/plain', Metadata: {} },
    tags: [],
    checksum: { algorithm: 'CRC32', type: 'FULL_OBJECT', value: 'AAAAAA==' },
    lastModifiedMs: 0,
  });
}

function list(bucket: Bucket, listing: Partial<Listing> = {}): ListedEntry[] {
  return [...bucket.list({ prefix: '', delimiter: undefined, after: undefined, ...listing })];
}

/** What a listing is, without any search. */
function listSlowly(keys: readonly string[], { prefix, delimiter }: Pick<Listing, 'prefix' | 'delimiter'>): string[] {
  const entries = keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const end = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
      return end < 0 ? `key ${key}` : `prefix ${key.slice(0, end + 1)}`;
    });
  return [...new Set(entries)].sort();
}

const render = ({ kind, text }: ListedEntry) => `${kind} ${text}`;

describe('compareUtf8', () => {
  test('orders as the UTF-8 bytes do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(compareBytes(a, b));
      }),
    );
  });
});

describe('Bucket.list', () => {
  test('gives every key once in UTF-8 order, however puts, deletions and listings follow one another', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('put', 'delete', 'list'), keyText), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (script) => {
        const bucket = new Bucket('bucket', 0);
        const expected = new Set<string>();
        for (const [step, key] of script) {
          if (step === 'list') list(bucket);
          else if (step === 'put') put(bucket, key);
          else bucket.delete(key);
          if (step === 'put') expected.add(key);
          if (step === 'delete') expected.delete(key);
        }

        expect(list(bucket).map(({ text }) => text)).toEqual([...expected].sort(compareBytes));
        expect(bucket.isEmpty).toBe(expected.size === 0);
      }),
    );
  });

  test('groups keys under common prefixes as a slow listing does', () => {
    fc.assert(
      fc.property(
        keyTexts,
        fc.constantFrom('', 'a', 'a/', 'é'),
        fc.constantFrom('/', 'b', undefined),
        (keys, prefix, delimiter) => {
          const entries = list(createBucket(keys), { prefix, delimiter });

          expect(entries.map(render).sort()).toEqual(listSlowly(keys, { prefix, delimiter }));
          expect(entries.map(({ text }) => text)).toEqual(entries.map(({ text }) => text).sort(compareBytes));
        },
      ),
    );
  });

  test('goes on behind any entry with exactly what came after it', () => {
    fc.assert(
      fc.property(keyTexts, fc.constantFrom('/', undefined), (keys, delimiter) => {
        const bucket = createBucket(keys);
        const entries = list(bucket, { delimiter });

        for (const [index, after] of entries.entries()) {
          expect(list(bucket, { delimiter, after })).toEqual(entries.slice(index + 1));
        }
      }),
    );
  });
});
