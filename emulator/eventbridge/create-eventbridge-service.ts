// EventBridge: custom buses (Classic), rules, and Lambda functions as targets.

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { deliver } from './deliver.ts';
import { type EventMatcher, parseEventPattern } from './event-pattern.ts';
import { putEvents } from './put-events.ts';

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

export interface RetryPolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const RETRY_POLICY_DEFAULT: RetryPolicy = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

export interface Target {
  readonly id: string;
  readonly functionArn: string;
  readonly retryPolicy: RetryPolicy;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly matches: EventMatcher;
  readonly targets: Target[];
}

export interface EventbridgeState {
  /** Accepts an event for every rule that matches; an unknown bus drops it without a word, as AWS's does. */
  publish(busName: string, event: BusEvent): void;
  computeBusArn(busName: string): string;
}

export interface EventbridgeService {
  readonly service: Service;
  createBus(name: string): { busArn: string };
  /** @throws {AwsError} `InvalidEventPatternException`. */
  putRule(props: { busName: string; name: string; eventPattern: unknown }): { ruleArn: string };
  /** @throws {UnsupportedFeatureError} when the target is no Lambda function. */
  putTarget(ruleArn: string, target: { id: string; arn: string; retryPolicy?: Partial<RetryPolicy> }): void;
}

export function createEventbridgeService(world: World): EventbridgeService {
  const rulesOfBus = new Map<string, Rule[]>();
  const computeBusArn = (busName: string) =>
    busName.startsWith('arn:') ? busName : `arn:aws:events:${world.region}:${world.accountId}:event-bus/${busName}`;
  const state: EventbridgeState = {
    computeBusArn,
    publish(busName, event) {
      for (const rule of rulesOfBus.get(computeBusArn(busName)) ?? []) {
        if (!rule.matches(event)) continue;
        count(world, rule, 'MatchedEvents');
        for (const target of rule.targets) world.clock.spawn(() => deliver(world, rule, target, event));
      }
    },
  };
  return {
    service: { name: 'eventbridge', operations: [putEvents(world, state)] },
    createBus(name) {
      const busArn = computeBusArn(name);
      rulesOfBus.set(busArn, []);
      return { busArn };
    },
    putRule({ busName, name, eventPattern }) {
      const arn = `arn:aws:events:${world.region}:${world.accountId}:rule/${busName}/${name}`;
      const rules = rulesOfBus.get(computeBusArn(busName));
      if (!rules) throw new AwsError('ResourceNotFoundException', `Event bus ${busName} does not exist.`);
      rules.push({ name, arn, matches: parseEventPattern(eventPattern), targets: [] });
      return { ruleArn: arn };
    },
    putTarget(ruleArn, { id, arn, retryPolicy }) {
      if (arn.split(':')[2] !== 'lambda') throw new UnsupportedFeatureError(`rule ${ruleArn}`, `target ${arn}`);
      const rule = [...rulesOfBus.values()].flat().find((candidate) => candidate.arn === ruleArn);
      if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${ruleArn} does not exist.`);
      rule.targets.push({ id, functionArn: arn, retryPolicy: { ...RETRY_POLICY_DEFAULT, ...retryPolicy } });
    },
  };
}

export function count(world: World, rule: Rule, metricName: string): void {
  world.metrics.record({
    namespace: 'AWS/Events',
    metricName,
    dimensions: { RuleName: rule.name },
    value: 1,
    timeMs: world.clock.now(),
  });
}
