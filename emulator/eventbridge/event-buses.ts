// The account's buses, and the rules on them.

import { AwsError } from '../kernel/errors.ts';
import type { World } from '../kernel/world.ts';
import { parseEventPattern } from './event-pattern.ts';
import { sortByKey } from './page.ts';
import type { EventBus, Rule, RuleState } from './rule.ts';
import { DEFAULT_BUS_NAME, RuleMetrics } from './rule-metrics.ts';
import { parseTarget } from './target.ts';
import type { TargetDefinition } from './target-definition.ts';

export interface RuleSpecification {
  readonly name: string;
  readonly patternText: string;
  readonly state: RuleState;
  readonly description?: string | undefined;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const BUSES_MAX = 100;
const RULES_MAX = 300;
const TARGETS_MAX = 5;

export class EventBuses {
  readonly #world: World;
  /** By name. */
  readonly #buses = new Map<string, EventBus>();

  constructor(world: World) {
    this.#world = world;
    this.#add(DEFAULT_BUS_NAME, undefined);
  }

  computeBusArn(nameOrArn: string): string {
    const { region, accountId } = this.#world;
    return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:events:${region}:${accountId}:event-bus/${nameOrArn}`;
  }

  /** A rule's ARN leaves the default bus out. */
  computeRuleArn(busNameOrArn: string, ruleName: string): string {
    const { region, accountId } = this.#world;
    const busName = computeBusName(busNameOrArn);
    const path = busName === DEFAULT_BUS_NAME ? ruleName : `${busName}/${ruleName}`;
    return `arn:aws:events:${region}:${accountId}:rule/${path}`;
  }

  /** In order of their names. */
  list(): readonly EventBus[] {
    return sortByKey(this.#buses.values(), ({ name }) => name);
  }

  /** Undefined also for the ARN of another account's or Region's bus. */
  find(nameOrArn: string): EventBus | undefined {
    const bus = this.#buses.get(computeBusName(nameOrArn));
    return bus?.arn === this.computeBusArn(nameOrArn) ? bus : undefined;
  }

  /** @throws {AwsError} `ResourceNotFoundException`. */
  get(nameOrArn: string): EventBus {
    const bus = this.find(nameOrArn);
    if (bus) return bus;
    throw new AwsError('ResourceNotFoundException', `Event bus ${computeBusName(nameOrArn)} does not exist.`);
  }

  /** @throws {AwsError} `ResourceNotFoundException`. */
  getRule(busNameOrArn: string, ruleName: string): Rule {
    const bus = this.get(busNameOrArn);
    const rule = bus.rules.get(ruleName);
    if (rule) return rule;
    throw new AwsError('ResourceNotFoundException', `Rule ${ruleName} does not exist on EventBus ${bus.name}.`);
  }

  /** @throws {AwsError} `ResourceAlreadyExistsException`, for the default bus too, or `LimitExceededException`. */
  create(name: string, description?: string): EventBus {
    if (this.#buses.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    if (this.#buses.size === BUSES_MAX) throw exceedsLimit();
    return this.#add(name, description);
  }

  /** A bus that is not there is deleted already. @throws {AwsError} `ValidationException`. */
  delete(name: string): void {
    if (name === DEFAULT_BUS_NAME) throw new AwsError('ValidationException', 'Cannot delete event bus default.');
    const bus = this.find(name);
    if (!bus) return;
    if (bus.rules.size > 0) throw new AwsError('ValidationException', "Event bus can't be deleted since it has rules.");
    this.#buses.delete(bus.name);
  }

  /**
   * Replaces a rule of that name, and keeps its targets.
   * @throws {AwsError} `InvalidEventPatternException`, `ResourceNotFoundException`, `LimitExceededException`.
   */
  putRule(busNameOrArn: string, specification: RuleSpecification): Rule {
    const { name, patternText, state, description } = specification;
    const bus = this.get(busNameOrArn);
    const matches = parseEventPattern(patternText);
    const earlier = bus.rules.get(name);
    if (!earlier && bus.rules.size === RULES_MAX) throw exceedsLimit();
    const rule: Rule = {
      name,
      busName: bus.name,
      arn: this.computeRuleArn(bus.name, name),
      patternText,
      matches,
      description,
      state,
      metrics: earlier?.metrics ?? new RuleMetrics(this.#world, name, bus),
      targets: earlier?.targets ?? new Map(),
    };
    bus.rules.set(name, rule);
    return rule;
  }

  /** A rule that is not there is deleted already. @throws {AwsError} `ValidationException`, `ResourceNotFoundException`. */
  deleteRule(busNameOrArn: string, ruleName: string): void {
    const { rules } = this.get(busNameOrArn);
    if (rules.get(ruleName)?.targets.size) {
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
    }
    rules.delete(ruleName);
  }

  /**
   * All of them or none; each replaces a target of its id.
   * @throws {AwsError} `LimitExceededException`, `ValidationException`.
   * @throws {UnsupportedFeatureError} for a kind of target that is not modelled.
   */
  putTargets({ targets }: Rule, definitions: readonly TargetDefinition[]): void {
    const parsed = definitions.map((definition) => parseTarget(definition, this.#world));
    const ids = new Set([...targets.keys(), ...definitions.map(({ Id }) => Id)]);
    if (ids.size > TARGETS_MAX) throw exceedsLimit();
    for (const target of parsed) targets.set(target.definition.Id, target);
  }

  #add(name: string, description: string | undefined): EventBus {
    const arn = this.computeBusArn(name);
    const createdMs = this.#world.clock.now();
    const bus = {
      name,
      arn,
      description,
      createdMs,
      dimensions: Object.freeze({ EventBusName: name }),
      rules: new Map(),
    };
    this.#buses.set(name, bus);
    return bus;
  }
}

function computeBusName(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:.*:event-bus\//, '');
}

function exceedsLimit(): AwsError {
  return new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}
