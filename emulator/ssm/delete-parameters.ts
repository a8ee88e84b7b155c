import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computeParameterArn } from './parameter-name.ts';
import type { ParameterStore } from './parameter-store.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html */
const NAMES_MAX = 10;

export function deleteParameters(store: ParameterStore): Operation {
  return defineOperation({
    name: 'DeleteParameters',
    input: z.strictObject({ Names: z.array(z.string().min(1)).min(1).max(NAMES_MAX) }),
    needs: ({ Names }) =>
      Names.map((name) => ({ action: 'ssm:DeleteParameters', resource: computeParameterArn(store.account, name) })),
    handle({ Names }) {
      const outcomes = [...new Set(Names)].map((name) => ({ name, isDeleted: store.delete(name) }));
      const select = (isDeleted: boolean) =>
        outcomes.filter((outcome) => outcome.isDeleted === isDeleted).map(({ name }) => name);
      return { DeletedParameters: select(true), InvalidParameters: select(false) };
    },
  });
}
