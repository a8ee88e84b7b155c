import { z } from 'zod';
import { computeSessionArn } from '../iam/role-identifiers.ts';
import type { Principal } from '../kernel/access.ts';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { DEFAULT_KEY_ID, PARAMETER_TYPES, type Parameter, type ParameterType } from './parameter.ts';
import { computeParameterArn } from './parameter-name.ts';
import type { ParameterStore } from './parameter-store.ts';
import { ASKED_TIERS, resolveTier } from './parameter-tier.ts';

export function putParameter(store: ParameterStore): Operation {
  return defineOperation({
    name: 'PutParameter',
    input: z.strictObject({
      Name: z.string().min(1),
      Value: z.string().min(1),
      Type: z.enum(PARAMETER_TYPES).optional(),
      Overwrite: z.boolean().default(false),
      Description: z.string().max(1024).optional(),
      KeyId: z.string().optional(),
      Tier: z.enum(ASKED_TIERS).optional(),
      DataType: z.string().optional(),
    }),
    needs: ({ Name, Overwrite }) => [
      {
        action: 'ssm:PutParameter',
        resource: computeParameterArn(store.account, Name),
        keys: { 'ssm:overwrite': String(Overwrite) },
      },
    ],
    handle({ Name, Value, Type, Overwrite, Description, KeyId, Tier, DataType }, { caller }) {
      refuseOthers({ KeyId, DataType });
      const existing = store.find(Name);
      if (existing && !Overwrite) {
        throw new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      }
      const tier = resolveTier(Tier, Value, existing);
      const type = resolveType(Type, existing);
      const parameter = { name: Name, type, value: Value, tier, description: Description ?? existing?.description };
      return { Version: store.put(parameter, computeUserArn(store, caller)).version, Tier: tier };
    },
  });
}

/** What is given without changing anything may be given. */
function refuseOthers({ KeyId, DataType }: { KeyId: string | undefined; DataType: string | undefined }): void {
  if (KeyId !== undefined && KeyId !== DEFAULT_KEY_ID)
    throw new UnsupportedFeatureError('ssm.PutParameter', `KeyId ${KeyId}`);
  if (DataType !== undefined && DataType !== 'text') {
    throw new UnsupportedFeatureError('ssm.PutParameter', `DataType ${DataType}`);
  }
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

function computeUserArn({ account }: ParameterStore, caller: Principal): string {
  if (caller.kind === 'role') return computeSessionArn(caller);
  return caller.kind === 'root' ? `arn:aws:iam::${account.accountId}:root` : caller.service;
}
