// What a comparison of two reports comes to. Everything shown of it is rendered from this.

import type { Interval } from '../../model/bootstrap.ts';
import type { RunEnvironment } from '../report-facts.ts';
import type { ReportJson } from '../report-json.ts';
import type { SettingId } from '../setting-id.ts';
import type { MetricName } from './metrics.ts';

/** Raised whenever a field changes its meaning or goes away. */
export const COMPARISON_SCHEMA_VERSION = 1;

export interface RunComparison {
  readonly schemaVersion: typeof COMPARISON_SCHEMA_VERSION;
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  /** Why the two are not comparable as they stand, a sentence each. */
  readonly caveats: readonly string[];
  /** What else differs, but should not move a figure, a sentence each. */
  readonly remarks: readonly string[];
  /** In both reports, in the order of the first. */
  readonly settings: readonly SettingComparison[];
  readonly onlyBefore: readonly SettingId[];
  readonly onlyAfter: readonly SettingId[];
  /** One for each `--fail-on`. */
  readonly rules: readonly RuleOutcome[];
  /** Failed when a rule was crossed or could not be judged. */
  readonly verdict: 'good' | 'failed';
}

export interface ComparedRun {
  readonly runId: string;
  readonly startedAt: string;
  readonly environment: RunEnvironment;
  readonly verdict: ReportJson['verdict'];
  readonly label?: string;
}

export interface SettingComparison extends SettingId {
  /** One for each metric, in their order. */
  readonly metrics: readonly MetricChange[];
}

/** In the metric's own unit. What a report has not got is absent, and so is what follows from it. */
export interface MetricChange {
  readonly metric: MetricName;
  readonly before?: number;
  readonly after?: number;
  /** `after` less `before`. */
  readonly change?: number;
  /** `change` ÷ `before`; absent where `before` is 0. */
  readonly changeShare?: number;
  readonly trend?: 'better' | 'worse' | 'same';
  readonly intervals: IntervalComparison;
}

/** With the setting that it is of. */
export interface PlacedChange extends SettingId, MetricChange {}

/** Intervals that do not overlap make a change likely; of those that do, nothing can be said. */
export type IntervalComparison =
  | { readonly state: 'overlap' | 'apart'; readonly before: Interval; readonly after: Interval }
  | { readonly state: 'none' };

/** `metric` may get worse by up to `margin`. */
export interface Rule {
  /** As it was given. */
  readonly text: string;
  readonly metric: MetricName;
  /** `>`: a change of exactly the margin is let pass. `>=`: it is not. */
  readonly comparator: '>' | '>=';
  /** 0 or more. */
  readonly margin: number;
  /** `share` of the value before (0.1 for 10 %), or in the metric's own `unit`. */
  readonly marginOf: 'share' | 'unit';
}

export interface RuleOutcome extends Rule {
  readonly state: 'held' | 'crossed' | 'unjudged';
  readonly crossed: readonly PlacedChange[];
  readonly unjudged: readonly UnjudgedSetting[];
  /** Settings that were judged, the crossed ones among them. */
  readonly judged: number;
}

export interface UnjudgedSetting extends SettingId {
  /** For people. */
  readonly reason: string;
}
