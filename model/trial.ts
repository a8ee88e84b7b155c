// What passes from state to state: the plan, a trial, and what became of it. All of it is JSON.

import type { ResolvedInput } from './input.ts';
import type { Service } from './service.ts';

/** One service at one batch size and repetition. */
export interface Trial {
  /** `<service>-b<batchSize>-r<repetition>`, unique in the run. */
  readonly trialId: string;
  readonly service: Service;
  readonly batchSize: number;
  /** 1-based. */
  readonly repetition: number;
  /** Messages that its ticks schedule in all. */
  readonly messages: number;
  /** Batching window in force, whole seconds: the input's, or the one that `fill` came to. */
  readonly windowSeconds: number;
  /** Firehose only: the transform buffer, as the processor parameters take it; S3's buffer has the same interval. */
  readonly buffer?: { readonly transformSizeMbs: number; readonly s3SizeMbs: number };
  /** EventBridge only: the most messages that the generator packs into one event. */
  readonly eventMessagesMax?: number;
  /** How batch size is brought about here, for people: `BatchSize 100, window 20 s`. */
  readonly mechanism: string;
  /** What keeps the target out of reach, where something does: `one event holds at most 3,087 messages (1 MB)`. */
  readonly limit?: string;
}

export interface Lane {
  readonly service: Service;
  readonly trials: readonly Trial[];
}

/** Everything an execution does, decided before anything is published. At most 256 KiB as JSON. */
export interface Plan {
  readonly runId: string;
  /** The execution's start, epoch milliseconds. */
  readonly startedAtMs: number;
  readonly input: ResolvedInput;
  readonly lanes: readonly Lane[];
  readonly estimate: Estimate;
}

export interface Estimate {
  readonly costUsd: number;
  readonly durationSeconds: number;
  /** Of the longest lane; a Standard execution holds 25,000. */
  readonly historyEventsPerLane: number;
}

/** What the generator published in a trial so far; each tick adds to it. */
export interface PublishTotals {
  readonly scheduled: number;
  readonly sent: number;
  /** Messages whose publish failed for good. */
  readonly gaveUp: number;
  /** Publish calls, retries included. */
  readonly calls: number;
  /** Entries that had to be sent again. */
  readonly retriedEntries: number;
  /** EventBridge events, SQS messages, Kinesis or Firehose records accepted. */
  readonly entries: number;
  /** In the service's own billing unit: 64 KB event chunks, 64 KB request chunks, 25 KB payload units, 5 KB-rounded bytes. */
  readonly billedUnits: number;
  /** UTF-8 bytes of the accepted entries' data. */
  readonly bytes: number;
  /** Generator invocations. */
  readonly invocations: number;
  /** Time within generator invocations, milliseconds, for the harness's own cost. */
  readonly generatorMs: number;
  /** How late after its schedule the latest message was sent, milliseconds. */
  readonly lateMsMax: number;
  /** Lookups of the queue's URL that left the execution environment, and the time they took. */
  readonly endpointLookups: number;
  readonly endpointLookupMs: number;
  /** Where the random facts came from. */
  readonly factSource: 'api-ninjas' | 'shipped';
}

/** Stored as `results/run=<runId>/trial=<trialId>.json` when a trial ends. */
export interface TrialResult {
  readonly trial: Trial;
  /** First tick's instant, on a whole minute. Epoch milliseconds. */
  readonly startMs: number;
  /** When counting stopped: everything had arrived, or the drain timed out. Epoch milliseconds. */
  readonly drainedMs: number;
  readonly publish: PublishTotals;
  /** Distinct messages that CountArrivals had seen at that instant. */
  readonly arrivedAtDrain: number;
  readonly drainTimedOut: boolean;
}

/** How a lane ended. A failed lane may still have trial results. */
export type LaneOutcome =
  | { readonly service: Service; readonly status: 'completed' }
  | { readonly service: Service; readonly status: 'failed'; readonly error: string; readonly cause: string };
