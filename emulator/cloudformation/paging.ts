// Lists in pages, whose tokens say where the next one begins.

import { AwsError } from '../kernel/errors.ts';

const PAGE_SIZE = 100;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly NextToken: string | undefined;
}

/** @throws {AwsError} `ValidationError` for a token that none of the pages gave. */
export function takePage<Item>(items: readonly Item[], token: string | undefined, pageSize = PAGE_SIZE): Page<Item> {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) throw new AwsError('ValidationError', 'Invalid token.');
  const end = start + pageSize;
  return { items: items.slice(start, end), NextToken: end < items.length ? String(end) : undefined };
}
