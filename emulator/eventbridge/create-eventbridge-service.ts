// EventBridge: the default bus and custom ones (Classic), rules with event patterns, and their targets.

import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { createEventBus } from './create-event-bus.ts';
import { deleteEventBus } from './delete-event-bus.ts';
import { deleteRule } from './delete-rule.ts';
import { deliver } from './deliver.ts';
import { describeEventBus } from './describe-event-bus.ts';
import { describeRule } from './describe-rule.ts';
import { disableRule } from './disable-rule.ts';
import { enableRule } from './enable-rule.ts';
import { EventBuses } from './event-buses.ts';
import { listEventBuses } from './list-event-buses.ts';
import { listRules } from './list-rules.ts';
import { listTargetsByRule } from './list-targets-by-rule.ts';
import { putEvents } from './put-events.ts';
import { putRule } from './put-rule.ts';
import { putTargets } from './put-targets.ts';
import { removeTargets } from './remove-targets.ts';
import type { BusEvent, Rule } from './rule.ts';
import { recordEventsMetric } from './rule-metrics.ts';
import type { TargetDefinition } from './target-definition.ts';
import { testEventPattern } from './test-event-pattern.ts';

export interface RuleProps {
  readonly busName: string;
  readonly name: string;
  readonly eventPattern: unknown;
  /** Default: ENABLED. */
  readonly state?: Rule['state'];
  readonly description?: string;
}

export interface EventbridgeState {
  readonly buses: EventBuses;
  readonly accountId: string;
  /** Accepts an event for every rule that matches; an unknown bus drops it without a word, as AWS's does. */
  publish(busName: string, event: BusEvent): void;
  /** A metric of the account's, which has no dimensions. */
  record(metricName: string, value: number): void;
}

export interface EventbridgeService {
  readonly service: Service;
  /** @throws {AwsError} `ResourceAlreadyExistsException`, for the default bus too. */
  createBus(name: string, description?: string): { busArn: string };
  /** With all its rules. */
  deleteBus(name: string): void;
  /**
   * Replaces a rule of that name, and keeps its targets.
   * @throws {AwsError} `InvalidEventPatternException`, `ResourceNotFoundException`.
   */
  putRule(props: RuleProps): { ruleArn: string };
  /** With all its targets. @throws {AwsError} `ResourceNotFoundException`, for its bus. */
  deleteRule(rule: Pick<RuleProps, 'busName' | 'name'>): void;
  /**
   * Replaces a target of that id.
   * @throws {UnsupportedFeatureError} when the target is of a kind that is not modelled.
   * @throws {AwsError} `ResourceNotFoundException`, `LimitExceededException`, `ValidationException`.
   */
  putTarget(rule: Pick<RuleProps, 'busName' | 'name'>, target: TargetDefinition): void;
}

const NO_DIMENSIONS = Object.freeze({});

export function createEventbridgeService(world: World): EventbridgeService {
  const buses = new EventBuses(world);
  const jitter = world.random('eventbridge/retries');
  const state: EventbridgeState = {
    buses,
    accountId: world.accountId,
    record: (metricName, value) => recordEventsMetric(world, metricName, NO_DIMENSIONS, value),
    publish(busName, event) {
      const bus = buses.find(busName);
      if (!bus) return;
      let isMatched = false;
      for (const rule of bus.rules.values()) {
        if (rule.state === 'DISABLED' || !rule.matches(event)) continue;
        isMatched = true;
        rule.metrics.countOfRule('MatchedEvents');
        rule.metrics.recordEverywhere('TriggeredRules', 1);
        for (const target of rule.targets.values()) {
          world.clock.spawn(() => deliver(world, jitter, { rule, target, event }));
        }
      }
      if (isMatched) recordEventsMetric(world, 'MatchedEvents', bus.dimensions, 1);
    },
  };
  return {
    service: {
      name: 'eventbridge',
      operations: [
        createEventBus(state),
        deleteEventBus(state),
        deleteRule(state),
        describeEventBus(state),
        describeRule(state),
        disableRule(state),
        enableRule(state),
        listEventBuses(state),
        listRules(state),
        listTargetsByRule(state),
        putEvents(world, state),
        putRule(state),
        putTargets(state),
        removeTargets(state),
        testEventPattern(),
      ],
    },
    createBus: (name, description) => ({ busArn: buses.create(name, description).arn }),
    deleteBus(name) {
      buses.find(name)?.rules.clear();
      buses.delete(name);
    },
    putRule({ busName, name, eventPattern, state: ruleState = 'ENABLED', description }) {
      const patternText = JSON.stringify(eventPattern);
      return { ruleArn: buses.putRule(busName, { name, patternText, state: ruleState, description }).arn };
    },
    deleteRule({ busName, name }) {
      buses.find(busName)?.rules.get(name)?.targets.clear();
      buses.deleteRule(busName, name);
    },
    putTarget: ({ busName, name }, target) => buses.putTargets(buses.getRule(busName, name), [target]),
  };
}
