// Compares the books of a setting, trial by trial, so that what is missing in one trial cannot hide what another has too much.

import { BOOKS, type Book, type BookComparison } from './books.ts';
import type { BookCheck, Disagreement, Reconciliation } from './reconciliation-json.ts';
import type { TrialFacts } from './report-facts.ts';

/** `trials` must be of one service. Books that none of them has are left out. */
export function computeReconciliation(trials: readonly TrialFacts[]): Reconciliation {
  const checks = BOOKS.flatMap((book) => computeCheck(book, trials) ?? []);
  return {
    balances: checks.every(({ kind, disagreements }) => kind !== 'exact' || disagreements.length === 0),
    checks,
  };
}

function computeCheck(book: Book, trials: readonly TrialFacts[]): BookCheck | undefined {
  const compared = trials.flatMap((facts) => {
    const { trialId, service } = facts.result.trial;
    const comparison = book.services.includes(service) ? book.compare(facts) : undefined;
    return comparison ? [{ trialId, ...comparison }] : [];
  });
  if (compared.length === 0) return undefined;
  const sum = (compute: (comparison: BookComparison) => number) =>
    compared.reduce((total, comparison) => total + compute(comparison), 0);
  const { name, kind, unit, what, why, source } = book;
  return {
    book: name,
    kind,
    unit,
    what,
    expected: sum(({ expected }) => expected),
    found: sum(({ found }) => found),
    difference: sum(computeDifference),
    tolerance: sum(({ tolerance }) => tolerance),
    why,
    ...(source !== undefined && { source }),
    disagreements: compared.flatMap(
      ({ trialId, ...comparison }) => describeDisagreement(book, trialId, comparison) ?? [],
    ),
  };
}

function describeDisagreement(book: Book, trialId: string, comparison: BookComparison): Disagreement | undefined {
  const difference = computeDifference(comparison);
  if (difference >= 0 && difference <= comparison.tolerance) return undefined;
  return { trialId, ...comparison, difference, meaning: difference < 0 ? book.fewer : book.more };
}

function computeDifference({ expected, found }: BookComparison): number {
  return found - expected;
}
