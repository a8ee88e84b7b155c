// What the bucket says of a trial, counted once and stored, so that the report need not go through the arrivals again.

import type { ArrivalBasis } from './arrival-instant.ts';
import type { InvocationSize } from './cost/trial-cost.ts';
import type { Hop } from './hop.ts';
import type { LatencyCounts } from './latency-counts.ts';

/** Stored as `tallies/run=<runId>/trial=<trialId>.json`. */
export interface Tally {
  readonly trialId: string;
  /** Absent for a trial that did not end. */
  readonly arrivals?: TrialArrivals;
  /** Lines under the trial's prefix that count for no trial. */
  readonly strays: StrayLines;
  /** Objects under the trial's prefix. */
  readonly objects: number;
  /** Objects of them that had to be read, as their names do not tell what they hold. */
  readonly objectsRead: number;
}

export interface TrialArrivals {
  /** Lines of the trial, duplicates included. */
  readonly lines: number;
  /** Distinct messages. */
  readonly arrived: number;
  /** Objects whose first line is of this trial. */
  readonly objects: number;
  /** Distinct invocations that left a line. */
  readonly requestIds: number;
  /** Those of them that began within the trial's window in CloudWatch, and those that handled only warm-up there. */
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

/** Lines in the bucket that count for no trial. */
export interface StrayLines {
  readonly warmUp: number;
  /** Of a trial that is in the plan, but did not end. */
  readonly unfinished: number;
  /** Of a trial in the plan, but neither under its own prefix nor under that of the trial after it. */
  readonly misplaced: number;
  /** Of another run, of a trial that is not in the plan, or with a sequence that the trial does not have. */
  readonly unknown: number;
  /** Not a message at all. */
  readonly unreadable: number;
}

export const NO_STRAYS: StrayLines = { warmUp: 0, unfinished: 0, misplaced: 0, unknown: 0, unreadable: 0 };

/** What has come of collecting S3's events of a run's arrivals; each call goes on from the one before. */
export interface Collection {
  /** Under the run's `arrivals/`: as many events have to come. */
  readonly objects: number;
  /** Of this run, collected so far; an event that S3 told twice counts twice. */
  readonly events: number;
  /** Of other runs: what was left over when one was stopped. */
  readonly dropped: number;
  /** Calls of ReceiveMessage. */
  readonly receives: number;
  /** As many events as objects, and an empty queue: one that S3 has told twice may stand in for one that it has not told yet. */
  readonly complete: boolean;
  /** Whether the queue may hold more already: time was short, or something failed. */
  readonly more: boolean;
  /** What failed last; events that it was about stay hidden in the queue for longer than anybody waits for them. */
  readonly failure?: { readonly error: string; readonly cause: string };
}

/** Trials whose arrivals could not be gone through, and why. */
export interface TallyFailure {
  readonly trialIds: readonly string[];
  readonly error: string;
  readonly cause: string;
}
