import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { S3State } from './create-s3-service.ts';
import { describeObject, findObject, objectRequestSchema } from './head-object.ts';
import { computeObjectArn } from './object-key.ts';

/** The whole object: `Range` and the conditions are refused by name. */
export function getObject(state: S3State): Operation {
  return defineOperation({
    name: 'GetObject',
    input: objectRequestSchema,
    needs: (input) => [{ action: 's3:GetObject', resource: computeObjectArn(input) }],
    handle(input) {
      const object = findObject(state, input);
      return { ...describeObject(object, input), Body: object.body };
    },
  });
}
