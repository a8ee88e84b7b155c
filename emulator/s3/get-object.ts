import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computeObjectArn, type S3State } from './create-s3-service.ts';
import { describeObject, findObject } from './head-object.ts';

export function getObject(state: S3State): Operation {
  return defineOperation({
    name: 'GetObject',
    input: z.strictObject({ Bucket: z.string().min(1), Key: z.string().min(1) }),
    needs: (input) => [{ action: 's3:GetObject', resource: computeObjectArn(input) }],
    handle(input) {
      const object = findObject(state, input);
      return { ...describeObject(object), Body: object.body };
    },
  });
}
