// A bus's rules, and where they send what matches.

import type { EventMatcher } from './event-pattern.ts';
import type { Dimensions, RuleMetrics } from './rule-metrics.ts';
import type { Target } from './target.ts';

/** As targets receive it: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface Rule {
  readonly name: string;
  readonly busName: string;
  readonly arn: string;
  /** JSON. */
  readonly patternText: string;
  readonly matches: EventMatcher;
  readonly description: string | undefined;
  readonly metrics: RuleMetrics;
  state: RuleState;
  /** By id. */
  readonly targets: Map<string, Target>;
}

export type RuleState = 'ENABLED' | 'DISABLED';

export interface EventBus {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  /** Epoch milliseconds. */
  readonly createdMs: number;
  readonly dimensions: Dimensions;
  /** By name. */
  readonly rules: Map<string, Rule>;
}
