// Pages of a list of names: the token says after which one the next page begins.

import { refuseToken } from './parameters.ts';

/** "If you omit this parameter, the default is up to 50 items." */
export const PAGE_LENGTH_MAX = 50;

export interface NamePage<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/** `items` in their order. @throws {AwsError} `InvalidParameterException`. */
export function computeNamePage<Item extends { readonly name: string }>(
  items: readonly Item[],
  nextToken: string | undefined,
  limit = PAGE_LENGTH_MAX,
): NamePage<Item> {
  const start = nextToken === undefined ? 0 : 1 + items.findIndex(({ name }) => renderToken(name) === nextToken);
  if (nextToken !== undefined && start === 0) throw refuseToken();
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  return last && start + limit < items.length ? { items: page, nextToken: renderToken(last.name) } : { items: page };
}

function renderToken(name: string): string {
  return Buffer.from(name).toString('base64');
}
