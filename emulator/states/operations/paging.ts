// Pages of GetExecutionHistory and ListExecutions.

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';

const DEFAULT_RESULTS = 100;

export const pagingInput = {
  /** 0 asks for the default. */
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).max(1024).optional(),
};

export interface Page {
  readonly fromIndex: number;
  readonly count: number;
}

/** @throws {AwsError} `InvalidToken` */
export function parsePage(input: { maxResults?: number | undefined; nextToken?: string | undefined }): Page {
  const text = input.nextToken === undefined ? '0' : Buffer.from(input.nextToken, 'base64').toString('utf8');
  if (!/^\d{1,9}$/.test(text)) throw new AwsError('InvalidToken', `Invalid Token: '${input.nextToken}'`);
  return { fromIndex: Number(text), count: input.maxResults || DEFAULT_RESULTS };
}

/** The member that leads to the next page, when there is one. */
export function renderNextToken(page: Page, total: number): { nextToken?: string } {
  const nextIndex = page.fromIndex + page.count;
  return nextIndex < total ? { nextToken: Buffer.from(String(nextIndex)).toString('base64') } : {};
}
