import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SsmState } from './create-ssm-service.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const STANDARD_BYTES_MAX = 4096;

export function putParameter(state: SsmState): Operation {
  return defineOperation({
    name: 'PutParameter',
    input: z.strictObject({
      Name: z.string().min(1),
      Value: z.string().min(1),
      Type: z.enum(['String', 'StringList', 'SecureString']).default('String'),
      Overwrite: z.boolean().default(false),
      Description: z.string().optional(),
    }),
    needs: ({ Name }) => [{ action: 'ssm:PutParameter', resource: state.computeArn(Name) }],
    handle({ Name, Value, Type, Overwrite }) {
      if (state.parameters.has(Name) && !Overwrite) {
        throw new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      }
      if (Buffer.byteLength(Value) > STANDARD_BYTES_MAX) {
        throw new AwsError(
          'ValidationException',
          `Standard tier parameters support a maximum parameter value of ${STANDARD_BYTES_MAX} characters.`,
        );
      }
      return { Version: state.put({ name: Name, type: Type, value: Value }).version, Tier: 'Standard' };
    },
  });
}
