// What report.json says of the books that were kept apart.

/**
 * `exact`: whoever keeps the book says that it counts each, so a disagreement makes the run INVALID. `best-effort`: AWS says
 * that it may be off, so a disagreement is shown with its size, and no more.
 */
export type BookKind = 'exact' | 'best-effort';

export const BOOK_NAMES = [
  'publishing',
  'arrivals',
  'drain',
  'lines',
  'invocations',
  'published',
  'bytes',
  'received',
  'deleted',
] as const;
export type BookName = (typeof BOOK_NAMES)[number];

export type BookUnit = 'message' | 'line' | 'invocation' | 'event' | 'record' | 'byte';

/** Two books of one setting, compared trial by trial. */
export interface BookCheck {
  readonly book: BookName;
  readonly kind: BookKind;
  readonly unit: BookUnit;
  /** What is counted on either side, in words. */
  readonly what: { readonly expected: string; readonly found: string };
  /** Sums over the trials. */
  readonly expected: number;
  readonly found: number;
  /** Found − expected. */
  readonly difference: number;
  /** Found may be this much more than expected without a disagreement. */
  readonly tolerance: number;
  /** Why the book is of its kind, and what the tolerance is for. */
  readonly why: string;
  /** AWS's page on the metric, where one side is AWS's. */
  readonly source?: string;
  /** The trials in which the books disagree; empty when they agree. */
  readonly disagreements: readonly Disagreement[];
}

export interface Disagreement {
  readonly trialId: string;
  readonly expected: number;
  readonly found: number;
  /** Found − expected. */
  readonly difference: number;
  readonly tolerance: number;
  /** What a difference of this sign means. */
  readonly meaning: string;
}

export interface Reconciliation {
  /** No exact book has a disagreement. */
  readonly balances: boolean;
  readonly checks: readonly BookCheck[];
}
