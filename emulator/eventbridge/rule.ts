// A bus's rules, and where they send what matches.

import type { World } from '../kernel/world.ts';
import type { EventMatcher } from './event-pattern.ts';

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

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
export interface RetryPolicy {
  /** 0 to 185, after the first attempt. */
  readonly maximumRetryAttempts: number;
  /** 60 to 86,400, from when the bus took the event. */
  readonly maximumEventAgeSeconds: number;
}

export const RETRY_POLICY_DEFAULT: RetryPolicy = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

export interface Target {
  readonly id: string;
  readonly functionArn: string;
  readonly retryPolicy: RetryPolicy;
}

export interface Rule {
  readonly name: string;
  readonly busName: string;
  readonly arn: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly matches: EventMatcher;
  /** By id. */
  readonly targets: Map<string, Target>;
}

/** Rules of custom buses have both dimensions: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export function countForRule(world: World, { name, busName }: Rule, metricName: string): void {
  world.metrics.record({
    namespace: 'AWS/Events',
    metricName,
    dimensions: { EventBusName: busName, RuleName: name },
    value: 1,
    timeMs: world.clock.now(),
  });
}
