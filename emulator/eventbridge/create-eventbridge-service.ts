// EventBridge: custom buses (Classic), rules, and Lambda functions as targets.

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { deliver } from './deliver.ts';
import { parseEventPattern } from './event-pattern.ts';
import { putEvents } from './put-events.ts';
import { type BusEvent, countForRule, RETRY_POLICY_DEFAULT, type RetryPolicy, type Rule } from './rule.ts';

export interface RuleProps {
  readonly busName: string;
  readonly name: string;
  readonly eventPattern: unknown;
  /** Default: ENABLED. */
  readonly state?: Rule['state'];
}

export interface TargetProps {
  readonly id: string;
  readonly arn: string;
  /** What it leaves out is 185 retries and 24 hours. */
  readonly retryPolicy?: Partial<RetryPolicy>;
}

export interface EventbridgeState {
  /** Accepts an event for every rule that matches; an unknown bus drops it without a word, as AWS's does. */
  publish(busName: string, event: BusEvent): void;
  computeBusArn(busName: string): string;
}

export interface EventbridgeService {
  readonly service: Service;
  /** @throws {AwsError} `ResourceAlreadyExistsException`, for the default bus too. */
  createBus(name: string): { busArn: string };
  /**
   * Replaces a rule of that name, and keeps its targets.
   * @throws {AwsError} `InvalidEventPatternException`, `ResourceNotFoundException`.
   */
  putRule(props: RuleProps): { ruleArn: string };
  /**
   * Replaces a target of that id.
   * @throws {UnsupportedFeatureError} when the target is no Lambda function.
   * @throws {AwsError} `ResourceNotFoundException`, `LimitExceededException`.
   */
  putTarget(ruleArn: string, target: TargetProps): void;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const TARGETS_MAX = 5;

export function createEventbridgeService(world: World): EventbridgeService {
  /** Rules by name, by their bus's ARN. */
  const rulesOfBus = new Map<string, Map<string, Rule>>();
  const jitter = world.random('eventbridge/retries');
  const computeBusArn = (busName: string) =>
    busName.startsWith('arn:') ? busName : `arn:aws:events:${world.region}:${world.accountId}:event-bus/${busName}`;
  const state: EventbridgeState = {
    computeBusArn,
    publish(busName, event) {
      for (const rule of rulesOfBus.get(computeBusArn(busName))?.values() ?? []) {
        if (rule.state === 'DISABLED' || !rule.matches(event)) continue;
        countForRule(world, rule, 'MatchedEvents');
        for (const target of rule.targets.values()) {
          world.clock.spawn(() => deliver(world, jitter, { rule, target, event }));
        }
      }
    },
  };
  return {
    service: { name: 'eventbridge', operations: [putEvents(world, state)] },
    createBus(name) {
      const busArn = computeBusArn(name);
      if (name === 'default' || rulesOfBus.has(busArn)) {
        throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
      }
      rulesOfBus.set(busArn, new Map());
      return { busArn };
    },
    putRule({ busName, name, eventPattern, state: ruleState = 'ENABLED' }) {
      const rules = rulesOfBus.get(computeBusArn(busName));
      if (!rules) throw new AwsError('ResourceNotFoundException', `Event bus ${busName} does not exist.`);
      const arn = `arn:aws:events:${world.region}:${world.accountId}:rule/${busName}/${name}`;
      const matches = parseEventPattern(eventPattern);
      rules.set(name, {
        name,
        busName,
        arn,
        state: ruleState,
        matches,
        targets: rules.get(name)?.targets ?? new Map(),
      });
      return { ruleArn: arn };
    },
    putTarget(ruleArn, { id, arn, retryPolicy }) {
      if (arn.split(':')[2] !== 'lambda') throw new UnsupportedFeatureError(`rule ${ruleArn}`, `target ${arn}`);
      const rules = [...rulesOfBus.values()].flatMap((ofBus) => [...ofBus.values()]);
      const rule = rules.find((candidate) => candidate.arn === ruleArn);
      if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${ruleArn} does not exist.`);
      if (rule.targets.size === TARGETS_MAX && !rule.targets.has(id)) {
        throw new AwsError('LimitExceededException', `Rule ${ruleArn} has ${TARGETS_MAX} targets already.`);
      }
      rule.targets.set(id, { id, functionArn: arn, retryPolicy: { ...RETRY_POLICY_DEFAULT, ...retryPolicy } });
    },
  };
}
