import { defineOperation, type Operation } from '../kernel/operation.ts';
import { findObject } from './find-object.ts';
import { objectRequestSchema, viewObject } from './read-object.ts';
import { needObject, type S3State } from './s3-state.ts';

/** The body is the stored one's memory, not a copy: nobody may write to it. */
export function getObject(state: S3State): Operation {
  return defineOperation({
    name: 'GetObject',
    input: objectRequestSchema,
    needs: (input) => needObject(state, 's3:GetObject', input),
    handle(input, context) {
      const object = findObject(state, input, context);
      const { range, description } = viewObject(object, input);
      return { ...description, Body: object.body.subarray(range.start, range.end) };
    },
  });
}
