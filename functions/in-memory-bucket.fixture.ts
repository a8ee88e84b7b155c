// An S3 client over objects in memory, with small pages, for tests of what reads and writes many objects.

import { Readable } from 'node:stream';
import { NoSuchKey, S3Client } from '@aws-sdk/client-s3';

export interface InMemoryBucket {
  readonly s3: S3Client;
  readonly bucketName: string;
  readonly objects: Map<string, { readonly body: string; readonly modifiedMs: number }>;
  /** Keys that were read, in order, each as often as it was. */
  readonly reads: string[];
  /** Pages that were asked for, in order. */
  readonly listings: { readonly prefix: string; readonly startAfter: string | undefined }[];
  /** `modifiedMs` is cut to its second, as S3 does. */
  put(key: string, body: unknown, modifiedMs?: number): void;
  readJson(key: string): unknown;
}

interface Input {
  readonly Key: string;
  readonly Prefix: string;
  readonly Delimiter?: string;
  readonly StartAfter?: string;
  readonly Body: string;
}

/** `pageObjects` is what a page of a listing has at most. */
export function createInMemoryBucket({ pageObjects = 7 } = {}): InMemoryBucket {
  const objects: InMemoryBucket['objects'] = new Map();
  const reads: string[] = [];
  const listings: InMemoryBucket['listings'] = [];
  const s3 = new S3Client({ region: 'us-east-1' });
  const put: InMemoryBucket['put'] = (key, body, modifiedMs = 0) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    objects.set(key, { body: text, modifiedMs: Math.floor(modifiedMs / 1000) * 1000 });
  };
  // Sorting tens of thousands of keys for each page would take seconds; a test that deletes puts nothing in its place.
  let sortedKeys: readonly string[] = [];
  // The SDK's own commands and paginators stay in play.
  const send = async (command: { readonly input: Input }) => {
    switch (command.constructor.name) {
      case 'ListObjectsV2Command':
        listings.push({ prefix: command.input.Prefix, startAfter: command.input.StartAfter });
        if (sortedKeys.length !== objects.size) sortedKeys = [...objects.keys()].sort();
        return listObjects({ objects, sortedKeys, pageObjects }, command.input);
      case 'GetObjectCommand':
        reads.push(command.input.Key);
        return getObject(objects, command.input.Key);
      case 'PutObjectCommand':
        put(command.input.Key, command.input.Body);
        return {};
      default:
        throw new Error(`unexpected ${command.constructor.name}`);
    }
  };
  Object.assign(s3, { send });
  return {
    s3,
    bucketName: 'bucket',
    objects,
    reads,
    listings,
    put,
    readJson: (key) => JSON.parse(objects.get(key)?.body ?? 'null'),
  };
}

function listObjects(
  {
    objects,
    sortedKeys,
    pageObjects,
  }: { objects: InMemoryBucket['objects']; sortedKeys: readonly string[]; pageObjects: number },
  { Prefix, Delimiter, StartAfter = '' }: Omit<Input, 'Key' | 'Body'>,
): object {
  const keys = sortedKeys.filter((key) => key > StartAfter && key.startsWith(Prefix));
  if (Delimiter !== undefined) {
    const folders = keys.map((key) => key.slice(0, key.indexOf(Delimiter, Prefix.length) + 1));
    return { CommonPrefixes: [...new Set(folders)].map((folder) => ({ Prefix: folder })) };
  }
  const page = keys.slice(0, pageObjects);
  return {
    Contents: page.map((key) => ({ Key: key, LastModified: new Date(objects.get(key)?.modifiedMs ?? 0) })),
    IsTruncated: keys.length > pageObjects,
  };
}

function getObject(objects: InMemoryBucket['objects'], key: string): object {
  const object = objects.get(key);
  if (!object) throw new NoSuchKey({ $metadata: {}, message: `there is no ${key}` });
  const body = Readable.from([Buffer.from(object.body)]);
  return { Body: Object.assign(body, { transformToString: async () => object.body }) };
}
