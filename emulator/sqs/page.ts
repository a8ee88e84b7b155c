// Lists that come in pages.

import { createInvalidParameter, createInvalidValue } from './sqs-errors.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
const RESULTS_MAX = 1000;

/**
 * One page of sorted queue names. Only who names a size gets a token for the next.
 * @throws {AwsError} `InvalidParameterValueException`.
 */
export function choosePage(
  names: readonly string[],
  { maxResults, nextToken }: { maxResults: number | undefined; nextToken: string | undefined },
): { readonly page: readonly string[]; readonly token: string | undefined } {
  if (maxResults !== undefined && (maxResults < 1 || maxResults > RESULTS_MAX)) {
    throw createInvalidValue(maxResults, 'MaxResults', `MaxResults must be an integer between 1 and ${RESULTS_MAX}.`);
  }
  if (nextToken !== undefined && maxResults === undefined) {
    throw createInvalidParameter('MaxResults is a mandatory parameter when you provide a value for NextToken.');
  }
  const after = nextToken === undefined ? '' : Buffer.from(nextToken, 'base64').toString();
  const rest = names.filter((name) => name > after);
  const page = rest.slice(0, maxResults ?? RESULTS_MAX);
  const isWhole = maxResults === undefined || page.length === rest.length;
  return { page, token: isWhole ? undefined : Buffer.from(page.at(-1) ?? '').toString('base64') };
}
