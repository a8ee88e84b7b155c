// Tags of objects. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html

import { z } from 'zod';
import { invalidArgument, S3Error } from './s3-error.ts';

const OBJECT_TAGS_MAX = 10;
/** UTF-16 code units, as AWS counts characters here. */
const TAG_KEY_LENGTH_MAX = 128;
const TAG_VALUE_LENGTH_MAX = 256;

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export const tagSetSchema = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));

/** Of the header `x-amz-tagging`: `a=1&b=2`. @throws {S3Error} `InvalidTag`, `BadRequest`, `InvalidArgument`. */
export function parseTaggingHeader(text: string): readonly Tag[] {
  const tags = [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value }));
  if (text !== '' && tags.some(({ Key }) => Key === '')) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      text,
    );
  }
  assertTags(tags, OBJECT_TAGS_MAX);
  return tags;
}

export function assertObjectTags(tags: readonly Tag[]): void {
  assertTags(tags, OBJECT_TAGS_MAX);
}

/** @throws {S3Error} `InvalidTag`, `BadRequest`. */
function assertTags(tags: readonly Tag[], tagsMax: number): void {
  if (tags.length > tagsMax) throw new S3Error('BadRequest', `Object tags cannot be greater than ${tagsMax}`);
  for (const { Key, Value } of tags) {
    if (Key.length === 0 || Key.length > TAG_KEY_LENGTH_MAX) {
      throw new S3Error('InvalidTag', 'The TagKey you have provided is invalid', { details: { TagKey: Key } });
    }
    if (Value.length > TAG_VALUE_LENGTH_MAX) {
      throw new S3Error('InvalidTag', 'The TagValue you have provided is invalid', {
        details: { TagKey: Key, TagValue: Value },
      });
    }
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw new S3Error('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
}
