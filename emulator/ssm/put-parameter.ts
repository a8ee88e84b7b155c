import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SsmState } from './create-ssm-service.ts';
import { PARAMETER_TYPES, type Parameter, type ParameterType } from './parameter.ts';
import { assertPlainName } from './parameter-name.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const STANDARD_BYTES_MAX = 4096;

export function putParameter(state: SsmState): Operation {
  return defineOperation({
    name: 'PutParameter',
    input: z.strictObject({
      Name: z.string().min(1),
      Value: z.string().min(1),
      Type: z.enum(PARAMETER_TYPES).optional(),
      Overwrite: z.boolean().default(false),
      /** For people; only DescribeParameters would show it, which is not modelled. */
      Description: z.string().max(1024).optional(),
    }),
    needs: ({ Name }) => [{ action: 'ssm:PutParameter', resource: state.computeArn(Name) }],
    handle({ Name, Value, Type, Overwrite }) {
      assertPlainName('PutParameter', Name);
      const existing = state.find(Name);
      if (existing && !Overwrite) {
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
      const type = resolveType(Type, existing);
      return { Version: state.put({ name: Name, type, value: Value }).version, Tier: 'Standard' };
    },
  });
}

/** A new parameter needs a type, and keeps it: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
function resolveType(type: ParameterType | undefined, existing: Parameter | undefined): ParameterType {
  const resolved = type ?? existing?.type;
  if (!resolved) {
    throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
  }
  if (existing && existing.type !== resolved) {
    throw new AwsError(
      'HierarchyTypeMismatchException',
      `Parameter Store doesn't support changing a parameter's type: ${existing.name} is a ${existing.type}, got ${resolved}`,
    );
  }
  return resolved;
}
