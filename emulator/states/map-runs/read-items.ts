// ItemReader: the items of a Distributed Map that are in S3, read as the state machine's role.
// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html

import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { ItemFormat, ItemReader } from '../definition/definition.ts';
import type { MapItem } from '../execution/strand.ts';
import type { Visit } from '../execution/visit.ts';
import type { JsonObject, JsonValue } from '../expressions/json-value.ts';
import { failReader, parseItems } from './parse-items.ts';

const ITEMS_MAX = 100_000_000;
/** A page has a thousand keys; more pages than this are a listing without end. */
const PAGES_MAX = ITEMS_MAX / 1000;

const listingSchema = z.object({
  IsTruncated: z.boolean(),
  NextContinuationToken: z.string().optional(),
  Contents: z.array(
    z.object({
      ETag: z.string(),
      Key: z.string(),
      LastModified: z.number(),
      Size: z.int(),
      StorageClass: z.string(),
    }),
  ),
});

const contentSchema = z.object({ Body: z.instanceof(Buffer) });

type Entry = z.output<typeof listingSchema>['Contents'][number];

interface Location {
  readonly bucket: string;
  readonly key: string;
}

/**
 * All items, or as many as MaxItems asks for.
 * @throws {StateError} `States.ItemReaderFailed`, `States.QueryEvaluationError`
 */
export async function readItems(visit: Visit, reader: ItemReader): Promise<readonly MapItem[]> {
  const { cancellation } = visit.strand;
  const given = await visit.evaluateObject(reader.arguments);
  const limit = reader.maxItems ? await visit.evaluateInteger(reader.maxItems, 1, ITEMS_MAX) : ITEMS_MAX;
  const { source } = reader;
  const bucket = String(given.Bucket);
  if (source.kind === 'object') {
    const key = String(given.Key);
    const values = await cancellation.guard(readObject(visit, given, { bucket, key }, source.format));
    return numberItems(values.slice(0, limit), `S3://${bucket}/${key}`, 0);
  }
  if (source.kind === 'listing') {
    const entries = await cancellation.guard(listObjects(visit, given, limit));
    return numberItems(entries.map(renderEntry), `S3://${bucket}`, 0);
  }
  const items: MapItem[] = [];
  for (const { Key: key } of await cancellation.guard(listObjects(visit, given, ITEMS_MAX))) {
    if (items.length >= limit) break;
    const values = await cancellation.guard(
      readObject(visit, { Bucket: bucket, Key: key }, { bucket, key }, source.format),
    );
    items.push(...numberItems(values.slice(0, limit - items.length), `S3://${bucket}/${key}`, items.length));
  }
  return items;
}

function numberItems(values: readonly JsonValue[], source: string, fromIndex: number): MapItem[] {
  return values.map((value, index) => ({ index: fromIndex + index, value, source }));
}

async function listObjects(visit: Visit, given: JsonObject, limit: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  let token: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const input = { ...given, ...(token !== undefined && { ContinuationToken: token }) };
    const listing = listingSchema.parse(await callS3(visit, 'ListObjectsV2', input));
    entries.push(...listing.Contents);
    token = listing.NextContinuationToken;
    if (!listing.IsTruncated || token === undefined || entries.length >= limit) return entries.slice(0, limit);
  }
  throw failReader(`The listing has more than ${PAGES_MAX} pages.`);
}

/** As the children get it: an `Etag`, and whole seconds. */
function renderEntry({ ETag, Key, LastModified, Size, StorageClass }: Entry): JsonObject {
  return { Etag: ETag, Key, LastModified: Math.floor(LastModified), Size, StorageClass };
}

async function readObject(
  visit: Visit,
  given: JsonObject,
  { key }: Location,
  format: ItemFormat,
): Promise<readonly JsonValue[]> {
  if (/\.zstd?$/.test(key)) throw new UnsupportedFeatureError(`state ${visit.state.name}`, 'ItemReader of ZSTD files');
  const { Body: body } = contentSchema.parse(await callS3(visit, 'GetObject', given));
  return parseItems(key.endsWith('.gz') ? unzip(body, key) : body.toString('utf8'), format);
}

function unzip(body: Buffer, key: string): string {
  try {
    return gunzipSync(body).toString('utf8');
  } catch (error) {
    throw failReader(`${key} is not in GZIP: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function callS3(visit: Visit, operation: string, input: JsonObject): Promise<unknown> {
  const { world, caller } = visit.strand.run;
  try {
    return await world.gateway.call({ service: 's3', operation, input, caller });
  } catch (error) {
    if (error instanceof AwsError) throw failReader(`${error.message} (Service: S3, Status Code: ${error.status})`);
    throw error;
  }
}
