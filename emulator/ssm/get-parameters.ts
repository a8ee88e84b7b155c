import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SsmState } from './create-ssm-service.ts';
import { describeParameter } from './parameter.ts';
import { assertPlainName } from './parameter-name.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const NAMES_MAX = 10;

export function getParameters(state: SsmState): Operation {
  return defineOperation({
    name: 'GetParameters',
    input: z.strictObject({
      Names: z.array(z.string().min(1)).min(1).max(NAMES_MAX),
      WithDecryption: z.boolean().default(false),
    }),
    needs: ({ Names }) => Names.map((name) => ({ action: 'ssm:GetParameters', resource: state.computeArn(name) })),
    handle({ Names, WithDecryption }) {
      for (const name of Names) assertPlainName('GetParameters', name);
      const parameters = Names.map((name) => state.find(name)).filter((parameter) => parameter !== undefined);
      return {
        Parameters: parameters.map((parameter) => describeParameter(parameter, WithDecryption)),
        InvalidParameters: Names.filter((name) => !state.find(name)),
      };
    },
  });
}
