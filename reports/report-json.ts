// What report.json holds. Everything else (Markdown, summaries) is rendered from it.

import type { ArrivalBasis } from '../model/arrival-instant.ts';
import type { Hop } from '../model/hop.ts';
import type { ResolvedInput } from '../model/input.ts';
import type { Ecdf, LatencySummary } from '../model/latency-counts.ts';
import type { Price } from '../model/prices/price.ts';
import type { PriceItem } from '../model/prices/price-list.ts';
import type { Service } from '../model/service.ts';
import type { Collection, StrayLines } from '../model/tally.ts';
import type { Estimate, LaneOutcome, PublishTotals, Trial } from '../model/trial.ts';
import type { Choice } from './choice-json.ts';
import type { BatchStep, HarnessCost, SettingCost } from './cost-json.ts';
import type { Comparison, SettingIntervals } from './interval-json.ts';
import type { Projection } from './projection-json.ts';
import type { Reconciliation } from './reconciliation-json.ts';
import type { RunEnvironment } from './report-facts.ts';

/** Raised whenever a field changes its meaning or goes away. */
export const REPORT_SCHEMA_VERSION = 3;

export interface ReportJson {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly runId: string;
  readonly environment: RunEnvironment;
  /** ISO 8601. */
  readonly startedAt: string;
  /**
   * `invalid`: the books do not balance, so no figure is to be relied on. `failed`: they do, but something was lost, given up,
   * crossed a threshold or failed.
   */
  readonly verdict: 'good' | 'failed' | 'invalid';
  /** Why the verdict is not good, for people; empty when it is. */
  readonly problems: readonly string[];
  /** The answer, a sentence each. */
  readonly headline: readonly string[];
  /** One for each service and batch size, in the plan's order. */
  readonly settings: readonly SettingReport[];
  /** Of neighbouring batch sizes, in the order of the settings; empty when nothing was repeated. */
  readonly comparisons: readonly Comparison[];
  readonly choice: Choice;
  readonly batchSteps: readonly BatchStep[];
  readonly projection: Projection;
  readonly lanes: readonly LaneOutcome[];
  /** Ids of planned trials that no figure has: they left no result, or could not be tallied. */
  readonly unfinishedTrials: readonly string[];
  readonly strays: StrayLines;
  /** Folders of arrivals that are of no planned trial. */
  readonly unknownTrials: readonly string[];
  /** S3's events of the arrivals. */
  readonly collection: Collection;
  readonly harness: HarnessCost;
  /** Every price that a cost above was computed with. */
  readonly prices: readonly UsedPrice[];
  readonly input: ResolvedInput;
  readonly plan: { readonly estimate: Estimate; readonly trials: readonly Trial[] };
}

/** One service at one batch size, its repetitions taken together. */
export interface SettingReport {
  readonly service: Service;
  readonly batchSize: number;
  /** Trials that ended. */
  readonly trials: number;
  readonly mechanism: string;
  readonly limit?: string;
  readonly scheduled: number;
  readonly sent: number;
  /** Messages whose publish failed for good. */
  readonly gaveUp: number;
  /** Distinct messages in S3. */
  readonly arrived: number;
  /** Sent, and not in S3. */
  readonly lost: number;
  /** Messages in S3 once more than needed. */
  readonly duplicates: number;
  /** Trials whose drain timed out. */
  readonly drainTimeouts: number;
  /** Of the consumer, by CloudWatch. */
  readonly invocations: number;
  /** Sum over the invocations, initialisation left out. */
  readonly durationMs: number;
  readonly errors: number;
  readonly throttles: number;
  /** Invocations that left a line in S3. */
  readonly requestIds: number;
  readonly coldStarts: ColdStartReport;
  /** Messages handled ÷ invocations; absent when there was no invocation. */
  readonly achievedBatchSize?: number;
  /** From the scheduled instant to the handler's start. */
  readonly delivery: LatencySummary;
  /** From the scheduled instant to the object in S3. */
  readonly arrival: LatencySummary;
  /** Of arrival: the share of messages that had arrived by then, at 100 points at most. */
  readonly arrivalEcdf: Ecdf;
  /** How sure cost and arrival are; absent with fewer than two trials. */
  readonly intervals?: SettingIntervals;
  /** From instant to instant, as far as the service tells. */
  readonly hops: readonly HopReport[];
  /** Latencies below zero: clocks that disagree. They are counted in, as they are. */
  readonly negative: { readonly delivery: number; readonly arrival: number };
  readonly arrivalBases: Readonly<Record<ArrivalBasis, number>>;
  readonly cost: SettingCost;
  readonly publish: PublishReport;
  readonly reconciliation: Reconciliation;
}

/** A part of the way, such as from the publish call's return to the handler's start. */
export interface HopReport extends Hop {
  readonly latency: LatencySummary;
  /** Messages whose second instant came before the first; they are counted in, as they are. */
  readonly negative: number;
}

export interface ColdStartReport {
  readonly invocations: number;
  /** Mean over the invocations; absent when there were none. */
  readonly initMsMean?: number;
  /** Of the messages that they handled. */
  readonly delivery: LatencySummary;
}

export interface UsedPrice extends Price {
  readonly item: PriceItem;
  /** Units that AWS gives away each month; absent where it gives away none. */
  readonly freePerMonth?: number;
}

export interface PublishReport extends Omit<PublishTotals, 'scheduled' | 'sent' | 'gaveUp' | 'factSource'> {
  /** Offered, over the stretch of load. */
  readonly messagesPerSecond: number;
  readonly factSources: readonly PublishTotals['factSource'][];
}
