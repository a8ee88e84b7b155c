import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SsmState } from './create-ssm-service.ts';
import { describeParameter } from './parameter.ts';
import { assertPlainName } from './parameter-name.ts';

/**
 * The account's own key for SSM decrypts for everybody in the account who may read the parameter, so that no permission
 * for KMS is needed: https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export function getParameter(state: SsmState): Operation {
  return defineOperation({
    name: 'GetParameter',
    input: z.strictObject({ Name: z.string().min(1), WithDecryption: z.boolean().default(false) }),
    needs: ({ Name }) => [{ action: 'ssm:GetParameter', resource: state.computeArn(Name) }],
    handle({ Name, WithDecryption }) {
      assertPlainName('GetParameter', Name);
      const parameter = state.find(Name);
      if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
      return { Parameter: describeParameter(parameter, WithDecryption) };
    },
  });
}
