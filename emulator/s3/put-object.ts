import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { bodyChecksumMembers, renderChecksum, verifyBody } from './checksum.ts';
import { assertWriteConditions, writeConditionMembers } from './conditions.ts';
import { assertStorage, createObjectHeaders, headerMembers, storageMembers } from './object-headers.ts';
import { assertKeyLength, locationMembers } from './object-key.ts';
import { parseTaggingHeader } from './object-tags.ts';
import { needObject, type S3State } from './s3-state.ts';
import { computeEtag, storeObject } from './store-object.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export function putObject(state: S3State): Operation {
  return defineOperation({
    name: 'PutObject',
    input: z.strictObject({
      ...locationMembers,
      ...headerMembers,
      ...storageMembers,
      ...bodyChecksumMembers,
      ...writeConditionMembers,
      Body: z.instanceof(Buffer).default(Buffer.alloc(0)),
      Tagging: z.string().optional(),
    }),
    needs: (input) => [
      ...needObject(state, 's3:PutObject', input),
      ...(input.Tagging ? needObject(state, 's3:PutObjectTagging', input) : []),
    ],
    handle(input, context) {
      const { Key, Body, Tagging = '' } = input;
      const bucket = state.findBucket(input);
      assertKeyLength(Key);
      assertStorage('PutObject', input);
      const headers = createObjectHeaders(input);
      const tags = parseTaggingHeader(Tagging);
      const checksum = verifyBody(Body, input);
      assertWriteConditions(bucket, Key, input, context);
      const etag = computeEtag(Body);
      const object = {
        key: Key,
        body: Body,
        etag,
        headers,
        tags,
        checksum,
        lastModifiedMs: state.nowInWholeSecondsMs(),
      };
      storeObject(state, bucket, object, 'ObjectCreated:Put', context);
      return { ETag: etag, ServerSideEncryption: 'AES256', ...renderChecksum(checksum) };
    },
  });
}
