// Pages of parameters and of versions: a token says how many came before.

import { AwsError } from '../kernel/errors.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** To be sent with the next request; undefined at the end. */
  readonly nextToken: string | undefined;
}

/** @throws {AwsError} `InvalidNextToken`. */
export function computePage<Item>(all: readonly Item[], sizeMax: number, token: string | undefined): Page<Item> {
  const start = token === undefined ? 0 : parseToken(token);
  const end = start + sizeMax;
  return { items: all.slice(start, end), nextToken: end < all.length ? renderToken(end) : undefined };
}

function renderToken(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url');
}

function parseToken(token: string): number {
  const [, offset] = /^offset:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (offset === undefined) throw new AwsError('InvalidNextToken', "The specified token isn't valid.");
  return Number(offset);
}
