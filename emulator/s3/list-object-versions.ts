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
import { invalidArgument } from './s3-error.ts';
import { needBucket, type S3State } from './s3-state.ts';

/** Each object's only version: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export function listObjectVersions(state: S3State): Operation {
  return defineOperation({
    name: 'ListObjectVersions',
    input: z.strictObject({
      ...listingMembers,
      MaxKeys: z.int().optional(),
      KeyMarker: z.string().default(''),
      VersionIdMarker: z.string().default(''),
    }),
    needs: (input) => needBucket(state, 's3:ListBucketVersions', input),
    handle(input) {
      const { Bucket: name, Prefix, Delimiter, KeyMarker, VersionIdMarker } = input;
      const bucket = state.findBucket(input);
      if (VersionIdMarker !== '' && KeyMarker === '') {
        throw invalidArgument(
          'A version-id marker cannot be specified without a key marker.',
          'version-id-marker',
          VersionIdMarker,
        );
      }
      const encode = createTextEncoder(input.EncodingType);
      const limit = computeLimit(input.MaxKeys, 'max-keys');
      const { entries, isTruncated } = readPage(bucket, {
        prefix: Prefix,
        delimiter: Delimiter || undefined,
        after: KeyMarker === '' ? undefined : startBehind(KeyMarker, Prefix, Delimiter),
        limit,
      });
      const last = entries.at(-1);
      const Owner = computeOwner(state.world.accountId);
      return {
        Name: name,
        Prefix: encode(Prefix),
        KeyMarker: encode(KeyMarker),
        VersionIdMarker,
        MaxKeys: limit,
        IsTruncated: isTruncated,
        ...(isTruncated &&
          last && {
            NextKeyMarker: encode(last.text),
            ...(last.kind === 'key' && { NextVersionIdMarker: 'null' }),
          }),
        Versions: listObjectsOf(bucket, entries, (object) => ({
          ...describeListedObject(object, encode),
          VersionId: 'null',
          IsLatest: true,
          Owner,
        })),
        ...describeListing(entries, input),
      };
    },
  });
}
