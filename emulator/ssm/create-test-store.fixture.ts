// A Parameter Store, to be called as the account's owner.

import { z } from 'zod';
import { createTestAccount } from '../create-test-account.fixture.ts';
import type { ParameterType } from './parameter.ts';

const namesSchema = z.array(z.object({ Name: z.string() })).transform((items) => items.map(({ Name }) => Name));
const pageSchema = z.object({ Parameters: namesSchema, NextToken: z.string().optional() });

export function createTestStore() {
  const account = createTestAccount();
  const call = (operation: string, input: object) => account.call('ssm', operation, input);
  const read = async (operation: string, input: object) => pageSchema.parse(await call(operation, input));
  return {
    ...account,
    call,
    put: (Name: string, Value = 'value', Type: ParameterType = 'String') =>
      call('PutParameter', { Name, Value, Type, Overwrite: true }),
    /** The names in one answer. */
    listNames: async (operation: string, input: object) => (await read(operation, input)).Parameters,
    /** The names in each page until the last. */
    async listPages(operation: string, input: object): Promise<string[][]> {
      const pages: string[][] = [];
      let token: string | undefined;
      do {
        const page = await read(operation, { ...input, ...(token !== undefined && { NextToken: token }) });
        pages.push(page.Parameters);
        token = page.NextToken;
      } while (token !== undefined);
      return pages;
    },
  };
}
