// What becomes of a batch of a stream that was tried: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html

import type { InvocationOutcome } from '../invocation.ts';
import type { MappingSettings } from './mapping-settings.ts';
import { parseFailedItems } from './partial-response.ts';
import type { ShardRecord } from './shard-record.ts';

const FOR_EVER = -1;

/** A batch, or a part of one, that is to be tried. */
export interface Attempt {
  readonly records: readonly ShardRecord[];
  /** Of those that `MaximumRetryAttempts` counts. */
  readonly retries: number;
  /** How often the function was called with it, as part of a larger batch too. */
  readonly invocations: number;
  /** Of the latest call. */
  readonly last?: InvocationOutcome;
}

export interface Judgement {
  /** How many records of the attempt were not handled. */
  readonly failedCount: number;
  /** What is to be tried again, in order. */
  readonly remaining: readonly Attempt[];
  readonly givenUp: readonly ShardRecord[];
}

/** Records arrive in order: those that are too old to be sent to the function stand in front. */
export function splitExpired(
  records: readonly ShardRecord[],
  { maximumRecordAgeSeconds = FOR_EVER }: MappingSettings,
  nowMs: number,
): { readonly expired: readonly ShardRecord[]; readonly records: readonly ShardRecord[] } {
  if (maximumRecordAgeSeconds === FOR_EVER) return { expired: [], records };
  const oldestMs = nowMs - maximumRecordAgeSeconds * 1000;
  const index = records.findIndex(({ arrivedMs }) => arrivedMs >= oldestMs);
  const count = index < 0 ? records.length : index;
  return { expired: records.slice(0, count), records: records.slice(count) };
}

/** Splitting a batch does not count as a retry. */
export function judgeAttempt(attempt: Attempt, outcome: InvocationOutcome, settings: MappingSettings): Judgement {
  const { maximumRetryAttempts = FOR_EVER, bisectBatchOnFunctionError = false } = settings;
  const failed = findFailed(attempt.records, outcome, settings);
  const failedCount = failed.length;
  if (failedCount === 0) return { failedCount, remaining: [], givenUp: [] };
  if (bisectBatchOnFunctionError) {
    // The checkpoint is where the batch is split: what is in front of it has succeeded.
    if (failedCount < attempt.records.length) {
      return { failedCount, remaining: [{ ...attempt, records: failed }], givenUp: [] };
    }
    if (failedCount > 1) {
      const middle = Math.ceil(failedCount / 2);
      const halves = [failed.slice(0, middle), failed.slice(middle)];
      return { failedCount, remaining: halves.map((records) => ({ ...attempt, records })), givenUp: [] };
    }
  }
  if (maximumRetryAttempts !== FOR_EVER && attempt.retries >= maximumRetryAttempts) {
    return { failedCount, remaining: [], givenUp: failed };
  }
  return { failedCount, remaining: [{ ...attempt, records: failed, retries: attempt.retries + 1 }], givenUp: [] };
}

/**
 * The lowest failed sequence number is the checkpoint: everything from there on is tried again.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
function findFailed(
  records: readonly ShardRecord[],
  { failed, payload }: InvocationOutcome,
  { reportBatchItemFailures }: MappingSettings,
): readonly ShardRecord[] {
  if (failed) return records;
  if (!reportBatchItemFailures) return [];
  const sequenceNumbers = records.map(({ sequenceNumber }) => sequenceNumber);
  const failures = parseFailedItems(payload, sequenceNumbers);
  const first = sequenceNumbers.findIndex((sequenceNumber) => failures.has(sequenceNumber));
  return first < 0 ? [] : records.slice(first);
}
