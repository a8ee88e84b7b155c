import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { ListedEntry } from './list-keys.ts';
import {
  computeLimit,
  createTextEncoder,
  describeListedObject,
  describeListing,
  listingMembers,
  listObjectsOf,
  readPage,
  startBehind,
} from './list-page.ts';
import { computeOwner } from './owner.ts';
import { invalidArgument } from './s3-error.ts';
import { needListing, type S3State } from './s3-state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjectsV2(state: S3State): Operation {
  return defineOperation({
    name: 'ListObjectsV2',
    input: z.strictObject({
      ...listingMembers,
      MaxKeys: z.int().optional(),
      StartAfter: z.string().optional(),
      ContinuationToken: z.string().optional(),
      FetchOwner: z.boolean().default(false),
    }),
    needs: (input) => needListing(state, input),
    handle(input) {
      const { Bucket: name, Prefix, Delimiter, EncodingType, StartAfter, ContinuationToken } = input;
      const bucket = state.findBucket(input);
      const encode = createTextEncoder(EncodingType);
      const limit = computeLimit(input.MaxKeys, 'max-keys');
      const after = computeStart(input);
      const { entries, isTruncated } = readPage(bucket, {
        prefix: Prefix,
        delimiter: Delimiter || undefined,
        after,
        limit,
      });
      const last = entries.at(-1);
      const owner = input.FetchOwner && { Owner: computeOwner(state.world.accountId) };
      return {
        Name: name,
        Prefix: encode(Prefix),
        ...(StartAfter !== undefined && { StartAfter: encode(StartAfter) }),
        ...(ContinuationToken !== undefined && { ContinuationToken }),
        MaxKeys: limit,
        KeyCount: entries.length,
        IsTruncated: isTruncated,
        ...(isTruncated && last && { NextContinuationToken: renderToken(last) }),
        Contents: listObjectsOf(bucket, entries, (object) => ({ ...describeListedObject(object, encode), ...owner })),
        ...describeListing(entries, input),
      };
    },
  });
}

/** The token wins: it goes on where the page before ended. */
function computeStart(input: {
  readonly Prefix: string;
  readonly Delimiter?: string | undefined;
  readonly StartAfter?: string | undefined;
  readonly ContinuationToken?: string | undefined;
}): ListedEntry | undefined {
  if (input.ContinuationToken !== undefined) return parseToken(input.ContinuationToken);
  return input.StartAfter ? startBehind(input.StartAfter, input.Prefix, input.Delimiter) : undefined;
}

const tokenSchema = z.tuple([z.enum(['key', 'prefix']), z.string()]);

function renderToken({ kind, text }: ListedEntry): string {
  return Buffer.from(JSON.stringify([kind, text])).toString('base64');
}

function parseToken(token: string): ListedEntry {
  try {
    const [kind, text] = tokenSchema.parse(JSON.parse(Buffer.from(token, 'base64').toString()));
    return { kind, text };
  } catch {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
}
