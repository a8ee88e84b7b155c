import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { describeParameter, type SsmState } from './create-ssm-service.ts';

export function getParameter(state: SsmState): Operation {
  return defineOperation({
    name: 'GetParameter',
    input: z.strictObject({ Name: z.string().min(1), WithDecryption: z.boolean().default(false) }),
    needs: ({ Name }) => [{ action: 'ssm:GetParameter', resource: state.computeArn(Name) }],
    handle({ Name, WithDecryption }) {
      const parameter = state.parameters.get(Name);
      if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
      return { Parameter: describeParameter(state, parameter, WithDecryption) };
    },
  });
}
