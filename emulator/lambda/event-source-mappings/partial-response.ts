// What a function's answer says of its batch: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html

import { z } from 'zod';

const responseSchema = z.nullish(
  z.object({ batchItemFailures: z.nullish(z.array(z.object({ itemIdentifier: z.string().min(1) }))) }),
);

/**
 * The identifiers of the items that failed: none after success, all when the answer is malformed or names an item that was
 * not in the batch.
 */
export function parseFailedItems(payload: Buffer, identifiers: readonly string[]): ReadonlySet<string> {
  const parsed = responseSchema.safeParse(parseJson(payload));
  if (!parsed.success) return new Set(identifiers);
  const failed = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((identifier) => identifiers.includes(identifier)) ? new Set(failed) : new Set(identifiers);
}

function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString() || 'null');
  } catch {
    return 'malformed';
  }
}
