import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { renderParameter } from './parameter.ts';
import { computeParameterArn, parseReference } from './parameter-name.ts';
import type { ParameterStore } from './parameter-store.ts';

/**
 * The account's own key for SSM decrypts for everybody in the account who may read the parameter, so that no permission
 * for KMS is needed: https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export function getParameter(store: ParameterStore): Operation {
  const parse = (text: string) => parseReference('GetParameter', text, store.account);
  return defineOperation({
    name: 'GetParameter',
    input: z.strictObject({ Name: z.string().min(1), WithDecryption: z.boolean().default(false) }),
    needs: ({ Name }) => [
      { action: 'ssm:GetParameter', resource: computeParameterArn(store.account, parse(Name).name) },
    ],
    handle({ Name, WithDecryption }) {
      const reference = parse(Name);
      return { Parameter: renderParameter(store.get(reference), WithDecryption, reference.selector) };
    },
  });
}
