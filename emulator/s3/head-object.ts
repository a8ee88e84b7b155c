import { defineOperation, type Operation } from '../kernel/operation.ts';
import { findObject } from './find-object.ts';
import { objectRequestSchema, viewObject } from './read-object.ts';
import { needObject, type S3State } from './s3-state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export function headObject(state: S3State): Operation {
  return defineOperation({
    name: 'HeadObject',
    input: objectRequestSchema,
    needs: (input) => needObject(state, 's3:GetObject', input),
    handle: (input, context) => viewObject(findObject(state, input, context), input).description,
  });
}
