import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { StoredObject } from './bucket.ts';
import { algorithmSchema, type Checksum, type ChecksumAlgorithm, computeChecksum, renderChecksum } from './checksum.ts';
import { assertWriteConditions, writeConditionMembers } from './conditions.ts';
import { copySourceMembers, findCopySource, needCopySource, parseCopySource } from './copy-source.ts';
import { assertStorage, createObjectHeaders, headerMembers, storageMembers } from './object-headers.ts';
import { assertKeyLength, locationMembers } from './object-key.ts';
import { parseTaggingHeader } from './object-tags.ts';
import { invalidRequest } from './s3-error.ts';
import { needObject, type S3State } from './s3-state.ts';
import { computeEtag, storeObject } from './store-object.ts';

const directiveSchema = z.enum(['COPY', 'REPLACE']).default('COPY');

const inputSchema = z.strictObject({
  ...locationMembers,
  ...copySourceMembers,
  ...headerMembers,
  ...storageMembers,
  ...writeConditionMembers,
  ChecksumAlgorithm: algorithmSchema.optional(),
  MetadataDirective: directiveSchema,
  Tagging: z.string().optional(),
  TaggingDirective: directiveSchema,
});

/** The body is shared with the source. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export function copyObject(state: S3State): Operation {
  return defineOperation({
    name: 'CopyObject',
    input: inputSchema,
    needs: (input) => [
      ...needCopySource(state, input),
      ...needObject(state, 's3:PutObject', input),
      ...(input.Tagging ? needObject(state, 's3:PutObjectTagging', input) : []),
    ],
    handle(input, context) {
      const bucket = state.findBucket(input);
      const source = findCopySource(state, input, context);
      assertKeyLength(input.Key);
      assertStorage('CopyObject', input);
      assertChange(input);
      assertWriteConditions(bucket, input.Key, input, context);
      const lastModifiedMs = state.nowInWholeSecondsMs();
      const etag = computeEtag(source.body);
      const checksum = computeCopyChecksum(source, input.ChecksumAlgorithm);
      const object = {
        key: input.Key,
        body: source.body,
        etag,
        headers: input.MetadataDirective === 'COPY' ? source.headers : createObjectHeaders(input),
        tags: input.TaggingDirective === 'COPY' ? source.tags : parseTaggingHeader(input.Tagging ?? ''),
        checksum,
        lastModifiedMs,
      };
      storeObject(state, bucket, object, 'ObjectCreated:Copy', context);
      return {
        ServerSideEncryption: 'AES256',
        CopyObjectResult: { ETag: etag, LastModified: lastModifiedMs / 1000, ...renderChecksum(checksum) },
      };
    },
  });
}

/** The source's algorithm is kept, over the whole object: a copy has no parts. */
function computeCopyChecksum({ checksum, body }: StoredObject, wanted: ChecksumAlgorithm | undefined): Checksum {
  const algorithm = wanted ?? checksum.algorithm;
  if (algorithm === checksum.algorithm && checksum.type === 'FULL_OBJECT') return checksum;
  return { algorithm, type: 'FULL_OBJECT', value: computeChecksum(algorithm, body) };
}

/** @throws {S3Error} `InvalidRequest` when an object would be copied onto itself as it is. */
function assertChange(input: z.output<typeof inputSchema>): void {
  const source = parseCopySource(input);
  const isItself = source.Bucket === input.Bucket && source.Key === input.Key;
  const isChanged =
    input.MetadataDirective === 'REPLACE' ||
    input.StorageClass !== undefined ||
    input.ServerSideEncryption !== undefined ||
    input.ChecksumAlgorithm !== undefined;
  if (!isItself || isChanged) return;
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}
