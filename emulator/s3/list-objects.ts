import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
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
import { needListing, type S3State } from './s3-state.ts';

/** The first version of the listing: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export function listObjects(state: S3State): Operation {
  return defineOperation({
    name: 'ListObjects',
    input: z.strictObject({ ...listingMembers, MaxKeys: z.int().optional(), Marker: z.string().default('') }),
    needs: (input) => needListing(state, input),
    handle(input) {
      const { Bucket: name, Prefix, Delimiter, Marker } = input;
      const bucket = state.findBucket(input);
      const encode = createTextEncoder(input.EncodingType);
      const limit = computeLimit(input.MaxKeys, 'max-keys');
      const { entries, isTruncated } = readPage(bucket, {
        prefix: Prefix,
        delimiter: Delimiter || undefined,
        after: Marker === '' ? undefined : startBehind(Marker, Prefix, Delimiter),
        limit,
      });
      const last = entries.at(-1);
      const Owner = computeOwner(state.world.accountId);
      return {
        Name: name,
        Prefix: encode(Prefix),
        Marker: encode(Marker),
        MaxKeys: limit,
        IsTruncated: isTruncated,
        // "Returned only if you have the delimiter request parameter specified": without it, the last key is the marker.
        ...(isTruncated && last && Delimiter && { NextMarker: encode(last.text) }),
        Contents: listObjectsOf(bucket, entries, (object) => ({ ...describeListedObject(object, encode), Owner })),
        ...describeListing(entries, input),
      };
    },
  });
}
