import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { type Parameter, renderParameter } from './parameter.ts';
import { computeParameterArn, type ParameterReference, parseReference } from './parameter-name.ts';
import type { ParameterStore } from './parameter-store.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const NAMES_MAX = 10;

export function getParameters(store: ParameterStore): Operation {
  const parse = (text: string) => parseReference('GetParameters', text, store.account);
  return defineOperation({
    name: 'GetParameters',
    input: z.strictObject({
      Names: z.array(z.string().min(1)).min(1).max(NAMES_MAX),
      WithDecryption: z.boolean().default(false),
    }),
    needs: ({ Names }) =>
      Names.map((name) => ({
        action: 'ssm:GetParameters',
        resource: computeParameterArn(store.account, parse(name).name),
      })),
    handle({ Names, WithDecryption }) {
      const found = [...new Set(Names)].map((name) => {
        const reference = parse(name);
        return { name, reference, parameter: findParameter(store, reference) };
      });
      return {
        Parameters: found.flatMap(({ reference, parameter }) =>
          parameter ? renderParameter(parameter, WithDecryption, reference.selector) : [],
        ),
        InvalidParameters: found.flatMap(({ name, parameter }) => (parameter ? [] : name)),
      };
    },
  });
}

function findParameter(store: ParameterStore, reference: ParameterReference): Parameter | undefined {
  try {
    return store.get(reference);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
