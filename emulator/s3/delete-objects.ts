import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { type CallContext, defineOperation, type Operation } from '../kernel/operation.ts';
import { removeObject } from './delete-object.ts';
import { assertKeyLength, assertOnlyVersion, bucketMembers, computeObjectArn } from './object-key.ts';
import { S3Error } from './s3-error.ts';
import type { S3State } from './s3-state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const OBJECTS_MAX = 1000;

const namedObjectSchema = z.strictObject({
  Key: z.string().min(1),
  VersionId: z.string().optional(),
  ETag: z.string().optional(),
});

type NamedObject = z.output<typeof namedObjectSchema>;

/** Object by object: what one is refused, the others are not. */
export function deleteObjects(state: S3State): Operation {
  return defineOperation({
    name: 'DeleteObjects',
    input: z.strictObject({
      ...bucketMembers,
      RequestPayer: z.literal('requester').optional(),
      Delete: z.strictObject({ Objects: z.array(namedObjectSchema), Quiet: z.boolean().default(false) }),
    }),
    // Every key is asked for on its own.
    needs(input) {
      state.findBucket(input);
      return [];
    },
    handle(input, context) {
      const { Objects, Quiet } = input.Delete;
      if (Objects.length === 0 || Objects.length > OBJECTS_MAX) {
        throw new S3Error(
          'MalformedXML',
          'The XML you provided was not well-formed or did not validate against our published schema',
        );
      }
      const deleted: object[] = [];
      const errors: object[] = [];
      for (const named of Objects) {
        const error = tryToRemove(state, input.Bucket, named, context);
        const { Key, VersionId } = named;
        const entry = { Key, ...(VersionId !== undefined && { VersionId }) };
        if (error) errors.push({ ...entry, Code: error.code, Message: error.message });
        else if (!Quiet) deleted.push(entry);
      }
      return { Deleted: deleted, Errors: errors };
    },
  });
}

function tryToRemove(
  state: S3State,
  bucketName: string,
  { Key, VersionId, ETag }: NamedObject,
  context: CallContext,
): AwsError | undefined {
  try {
    const action = VersionId ? 's3:DeleteObjectVersion' : 's3:DeleteObject';
    context.authorize({ action, resource: computeObjectArn({ Bucket: bucketName, Key }) });
    assertKeyLength(Key);
    assertOnlyVersion(VersionId);
    removeObject(state, state.findBucket({ Bucket: bucketName }), { key: Key, etag: ETag }, context);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}
