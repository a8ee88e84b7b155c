// Tags of an object that is there. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { findObject } from './find-object.ts';
import { locationMembers, versionMembers } from './object-key.ts';
import { assertObjectTags, tagSetSchema } from './object-tags.ts';
import { needObject, type S3State } from './s3-state.ts';

const members = { ...locationMembers, ...versionMembers };

export function getObjectTagging(state: S3State): Operation {
  return defineOperation({
    name: 'GetObjectTagging',
    input: z.strictObject(members),
    needs: (input) => needObject(state, 's3:GetObjectTagging', input),
    handle: (input, context) => ({ TagSet: findObject(state, input, context).tags }),
  });
}

export function putObjectTagging(state: S3State): Operation {
  return defineOperation({
    name: 'PutObjectTagging',
    input: z.strictObject({ ...members, Tagging: z.strictObject({ TagSet: tagSetSchema }) }),
    needs: (input) => needObject(state, 's3:PutObjectTagging', input),
    handle(input, context) {
      const { TagSet } = input.Tagging;
      assertObjectTags(TagSet);
      const object = findObject(state, input, context);
      const bucket = state.findBucket(input);
      bucket.put({ ...object, tags: TagSet });
      state.notifier.notify(bucket, { name: 'ObjectTagging:Put', key: object.key, object }, context);
      return {};
    },
  });
}

export function deleteObjectTagging(state: S3State): Operation {
  return defineOperation({
    name: 'DeleteObjectTagging',
    input: z.strictObject(members),
    needs: (input) => needObject(state, 's3:DeleteObjectTagging', input),
    handle(input, context) {
      const object = findObject(state, input, context);
      const bucket = state.findBucket(input);
      bucket.put({ ...object, tags: [] });
      state.notifier.notify(bucket, { name: 'ObjectTagging:Delete', key: object.key, object }, context);
      return {};
    },
  });
}
