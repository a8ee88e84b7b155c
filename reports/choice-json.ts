// What report.json says of the choice.

import type { Service } from '../model/service.ts';

/** What a choice goes by. */
export interface RatedSetting {
  readonly service: Service;
  readonly batchSize: number;
  /** List price of a million messages. */
  readonly perMillionUsd: number;
  /** Of arrival. */
  readonly p99Ms: number;
}

export interface ChosenSetting extends RatedSetting {
  /** Messages ÷ invocations. */
  readonly achievedBatchSize: number;
}

/** A setting that lost more than the run's threshold tolerates: it is not for sale at any price. */
export interface LossySetting {
  readonly service: Service;
  readonly batchSize: number;
  readonly lost: number;
}

export interface LatencyGoal {
  readonly p99ArrivalMsMax: number;
  /** The cheapest setting that meets the goal; absent when none does. */
  readonly setting?: ChosenSetting;
}

export interface Choice {
  /** No other setting is both cheaper and faster than one of these. Cheapest first. */
  readonly front: readonly ChosenSetting[];
  /** Ascending. */
  readonly goals: readonly LatencyGoal[];
  /** For each service with more than one batch size: the smallest that costs at most 5 % more than the cheapest one. */
  readonly knees: readonly {
    readonly service: Service;
    readonly batchSize: number;
    readonly perMillionUsd: number;
    /** The lowest cost of the service at any batch size. */
    readonly leastUsd: number;
  }[];
  /** The goal that the recommendation goes by: the run's threshold for the p99, or 5 s. */
  readonly recommendation: LatencyGoal;
  readonly isGoalGiven: boolean;
  /** Settings with too few arrivals to have a cost and a p99. */
  readonly unjudged: number;
  /** They take no part. */
  readonly lossy: readonly LossySetting[];
}
