// What CloudWatch shows of a rule, its bus and the account.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html

import type { World } from '../kernel/world.ts';

export const DEFAULT_BUS_NAME = 'default';

export type Dimensions = Readonly<Record<string, string>>;

const NO_DIMENSIONS: Dimensions = Object.freeze({});

/** Its dimensions are frozen, and one object for each set: the metric store finds a metric faster by it. */
export class RuleMetrics {
  readonly #world: World;
  readonly #ofRule: Dimensions;
  readonly #ofBus: Dimensions;

  /** "Metrics that specify only the RuleName dimension refer to the default event bus." */
  constructor(world: World, ruleName: string, bus: { readonly name: string; readonly dimensions: Dimensions }) {
    this.#world = world;
    this.#ofBus = bus.dimensions;
    this.#ofRule = Object.freeze<Dimensions>(
      bus.name === DEFAULT_BUS_NAME ? { RuleName: ruleName } : { EventBusName: bus.name, RuleName: ruleName },
    );
  }

  countOfRule(metricName: string): void {
    this.#record(metricName, this.#ofRule, 1);
  }

  countOfAccount(metricName: string): void {
    this.#record(metricName, NO_DIMENSIONS, 1);
  }

  countOfRuleAndAccount(metricName: string): void {
    this.#record(metricName, this.#ofRule, 1);
    this.#record(metricName, NO_DIMENSIONS, 1);
  }

  /** Of the rule, its bus and the account. */
  recordEverywhere(metricName: string, value: number): void {
    this.#record(metricName, this.#ofRule, value);
    this.#record(metricName, this.#ofBus, value);
    this.#record(metricName, NO_DIMENSIONS, value);
  }

  #record(metricName: string, dimensions: Dimensions, value: number): void {
    recordEventsMetric(this.#world, metricName, dimensions, value);
  }
}

export function recordEventsMetric(world: World, metricName: string, dimensions: Dimensions, value: number): void {
  const timeMs = world.clock.now();
  world.metrics.record({ namespace: 'AWS/Events', metricName, dimensions, value, unit: findUnit(metricName), timeMs });
}

function findUnit(metricName: string): string {
  if (metricName.endsWith('Latency')) return 'Milliseconds';
  return metricName.endsWith('Size') ? 'Bytes' : 'Count';
}
