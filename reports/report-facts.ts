// What is known of a run when its report is made.

import type { ArrivalBasis } from '../model/arrival-instant.ts';
import type { InvocationSize } from '../model/cost/trial-cost.ts';
import type { Hop } from '../model/hop.ts';
import type { LatencyCounts } from '../model/latency-counts.ts';
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
  /** Of the trials that ended, in the plan's order. */
  readonly trials: readonly TrialFacts[];
  readonly strays: StrayLines;
  /** Objects under the run's `arrivals/` prefix. */
  readonly objects: number;
  /** How often the report was tried, this time included. */
  readonly reportAttempts: number;
}

/** Lines in the bucket that belong to no trial that ended. */
export interface StrayLines {
  readonly warmUp: number;
  /** Of a trial that is in the plan, but did not end. */
  readonly unfinished: number;
  /** Of another run, of a trial that is not in the plan, or with a sequence that the trial does not have. */
  readonly unknown: number;
  /** Not a message at all. */
  readonly unreadable: number;
}

export interface TrialFacts {
  readonly result: TrialResult;
  readonly arrivals: TrialArrivals;
  readonly metrics: TrialMetrics;
}

/** What the bucket says of a trial. */
export interface TrialArrivals {
  /** Lines of the trial, duplicates included. */
  readonly lines: number;
  /** Distinct messages. */
  readonly arrived: number;
  /** Objects whose first line is of this trial. */
  readonly objects: number;
  /** Distinct invocations that left a line. */
  readonly requestIds: number;
  /** Those of them that began within the trial's window in CloudWatch. */
  readonly requestIdsInWindow: number;
  readonly invocationSizes: readonly InvocationSize[];
  readonly coldStarts: ColdStarts;
  /** Handler's start less scheduled instant, of each distinct message's first delivery. */
  readonly delivery: LatencyCounts;
  /** Instant in S3 less scheduled instant, of each distinct message's first arrival. */
  readonly arrival: LatencyCounts;
  /** From each instant to the next that the service tells, in order; the first and the last instant are always told. */
  readonly hops: readonly (Hop & { readonly latency: LatencyCounts })[];
  /** What the instants in S3 rest on: distinct messages by basis. */
  readonly arrivalBases: Readonly<Record<ArrivalBasis, number>>;
}

/** Invocations that began in a new execution environment, and the messages that they handled. */
export interface ColdStarts {
  readonly invocations: number;
  /** Sum over the invocations. */
  readonly initMs: number;
  /** Of their messages alone. */
  readonly delivery: LatencyCounts;
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
