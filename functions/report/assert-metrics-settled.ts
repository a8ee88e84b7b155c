// Whether CloudWatch has everything by now that the bucket and the generator counted.

import { computeReconciliation } from '../../reports/compute-reconciliation.ts';
import type { BookCheck } from '../../reports/reconciliation-json.ts';
import type { TrialFacts } from '../../reports/report-facts.ts';
import { MetricsNotSettledError } from './errors.ts';

export interface Attempt {
  /** 0-based. */
  readonly attempt: number;
  /** The attempt that has to do with what CloudWatch has by then. */
  readonly finalAttempt: number;
}

/**
 * Attempts that a best-effort metric is waited for. What has not come five minutes after the drain (three before the first
 * attempt, one before each other) may never come; an exact metric is worth every attempt.
 */
const BEST_EFFORT_ATTEMPTS = 2;

/** @throws {MetricsNotSettledError} naming each trial and metric that is behind; never on the last attempt. */
export function assertMetricsSettled(trials: readonly TrialFacts[], { attempt, finalAttempt }: Attempt): void {
  if (attempt >= finalAttempt) return;
  const isWaitedFor = ({ kind }: BookCheck) => kind === 'exact' || attempt < BEST_EFFORT_ATTEMPTS;
  const gaps = trials.flatMap((facts) =>
    computeReconciliation([facts])
      .checks.filter((check) => isKeptByAws(check) && check.difference < 0 && isWaitedFor(check))
      .map(
        ({ found, expected, unit, what }) =>
          `${found} of ${expected} ${unit}s ${what.expected} of ${facts.result.trial.trialId}`,
      ),
  );
  if (gaps.length === 0) return;
  throw new MetricsNotSettledError(
    `attempt ${attempt + 1} of ${finalAttempt + 1}: CloudWatch has only ${gaps.join(', ')}; a later attempt will find more`,
  );
}

/** The report's own books cannot change by waiting. */
function isKeptByAws({ source }: BookCheck): boolean {
  return source !== undefined;
}
