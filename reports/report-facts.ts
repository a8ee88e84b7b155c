// What is known of a run when its report is made.

import type { Collection, StrayLines, TallyFailure, TrialArrivals } from '../model/tally.ts';
import type { LaneOutcome, Plan, TrialResult } from '../model/trial.ts';

/** Where a run happened. */
export type RunEnvironment = {
  readonly region: string;
  readonly accountId: string;
} & ({ readonly emulated: true; readonly seed: number } | { readonly emulated: false });

export interface ReportFacts {
  readonly environment: RunEnvironment;
  readonly plan: Plan;
  readonly outcomes: readonly LaneOutcome[];
  /** Of the trials that ended and were tallied, in the plan's order. */
  readonly trials: readonly TrialFacts[];
  readonly strays: StrayLines;
  /** Folders under the run's `arrivals/` prefix that are of no planned trial. */
  readonly unknownTrials: readonly string[];
  readonly collection: Collection;
  /** Ids of trials that ended, but are not among `trials` for want of a tally. */
  readonly untalliedTrials: readonly string[];
  readonly tallyFailures: readonly TallyFailure[];
  /** Arrival objects that were read, as their names do not tell what they hold. */
  readonly objectsRead: number;
  /** How often the report was tried, this time included. */
  readonly reportAttempts: number;
}

export interface TrialFacts {
  readonly result: TrialResult;
  readonly arrivals: TrialArrivals;
  readonly metrics: TrialMetrics;
}

/** What CloudWatch says of a trial: sums over its window, the whole minutes from its start to its drain's end. */
export interface TrialMetrics {
  /** Billed requests: successes and errors, no throttles. */
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
  /** Sum of Duration, which leaves initialisation out. */
  readonly durationMs: number;
  /** SQS: receives that brought nothing. 0 for the others. */
  readonly emptyReceives: number;
  readonly serviceCounts: ServiceCounts;
  readonly windowMs: number;
}

/**
 * What the service itself counted; each has only some. `entries`: events, messages or records that it took. `bytes`: of their
 * data. `received` and `deleted`: messages, by SQS.
 */
export type ServiceCount = 'entries' | 'bytes' | 'received' | 'deleted';
export type ServiceCounts = Readonly<Partial<Record<ServiceCount, number>>>;
