import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { describeParameter, type SsmState } from './create-ssm-service.ts';

export function getParameters(state: SsmState): Operation {
  return defineOperation({
    name: 'GetParameters',
    input: z.strictObject({
      Names: z.array(z.string().min(1)).min(1).max(10),
      WithDecryption: z.boolean().default(false),
    }),
    needs: ({ Names }) => Names.map((name) => ({ action: 'ssm:GetParameters', resource: state.computeArn(name) })),
    handle({ Names, WithDecryption }) {
      return {
        Parameters: Names.flatMap((name) => {
          const parameter = state.parameters.get(name);
          return parameter ? describeParameter(state, parameter, WithDecryption) : [];
        }),
        InvalidParameters: Names.filter((name) => !state.parameters.has(name)),
      };
    },
  });
}
