// Lists in pages.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';

export const pageParameters = {
  NextToken: z.string().min(1).max(2048).optional(),
  Limit: z.int().min(1).max(100).default(100),
};

export interface PageInput {
  readonly NextToken?: string | undefined;
  readonly Limit: number;
}

/**
 * As many items as the limit allows, after the one that the token names. They have to be in the order of their keys, so that
 * what comes and goes between two pages shifts nothing.
 * @throws {AwsError} `ValidationException` for a token that is none.
 */
export function takePage<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { NextToken, Limit }: PageInput,
): { page: readonly Item[]; NextToken?: string } {
  const after = NextToken === undefined ? undefined : parseToken(NextToken);
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, Limit);
  const last = page.at(-1);
  return rest.length > Limit && last ? { page, NextToken: renderToken(keyOf(last)) } : { page };
}

export function sortByKey<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function renderToken(key: string): string {
  return Buffer.from(key).toString('base64');
}

function parseToken(token: string): string {
  const key = Buffer.from(token, 'base64').toString();
  if (renderToken(key) === token) return key;
  throw new AwsError('ValidationException', 'Invalid NextToken.');
}
