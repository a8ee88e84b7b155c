import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computeParameterArn } from './parameter-name.ts';
import type { ParameterStore } from './parameter-store.ts';

/** All of its versions: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export function deleteParameter(store: ParameterStore): Operation {
  return defineOperation({
    name: 'DeleteParameter',
    input: z.strictObject({ Name: z.string().min(1) }),
    needs: ({ Name }) => [{ action: 'ssm:DeleteParameter', resource: computeParameterArn(store.account, Name) }],
    handle({ Name }) {
      if (!store.delete(Name)) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
      return {};
    },
  });
}
