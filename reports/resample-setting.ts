// A setting's figures in many draws of its trials, for intervals and comparisons.

import { computeReplicates, drawResamples, type Replicates, type TimesDrawn } from '../model/bootstrap.ts';
import { sumCostUsd } from '../model/cost/line-item.ts';
import { computeCostPerMillionUsd, computeTrialCost } from '../model/cost/trial-cost.ts';
import type { ResolvedInput } from '../model/input.ts';
import { computeSamplesNeeded, type LatencyCounts, sumMessages } from '../model/latency-counts.ts';
import { computePooledQuantileMs, poolLatencies } from '../model/pooled-latencies.ts';
import type { Service } from '../model/service.ts';
import type { SettingFacts } from './compute-setting-report.ts';
import { computeTrialUsage } from './compute-trial-usage.ts';
import { INTERVAL_PROBABILITIES, type IntervalProbability } from './interval-json.ts';

export interface ResampledSetting {
  readonly service: Service;
  readonly batchSize: number;
  readonly trials: number;
  /** Undefined, as the next, with fewer than two trials, or when nothing arrived of some trial. */
  readonly perMillionUsd: Replicates | undefined;
  /** What the messages of all trials are too few for is absent. */
  readonly arrivalMs: Readonly<Partial<Record<IntervalProbability, Replicates>>>;
}

/** @throws {UnknownPriceError} */
export function resampleSetting(setting: SettingFacts, input: ResolvedInput, region: string): ResampledSetting {
  const { service, batchSize, trials } = setting;
  const named = { service, batchSize, trials: trials.length };
  if (trials.length < 2) return { ...named, perMillionUsd: undefined, arrivalMs: {} };
  const resamples = drawResamples(trials.length);
  return {
    ...named,
    perMillionUsd: resamplePerMillionUsd(
      trials.map((trial) => ({
        costUsd: sumCostUsd(computeTrialCost(computeTrialUsage(trial, input), region)),
        arrived: trial.arrivals.arrived,
      })),
      resamples,
    ),
    arrivalMs: resampleArrivalMs(
      trials.map(({ arrivals }) => arrivals.arrival),
      resamples,
    ),
  };
}

/** Cost ÷ messages of all trials drawn, as the setting's own figure is of all its trials. */
function resamplePerMillionUsd(
  trials: readonly { readonly costUsd: number; readonly arrived: number }[],
  resamples: readonly TimesDrawn[],
): Replicates | undefined {
  return computeReplicates(trials.length, resamples, (timesDrawn) => {
    let costUsd = 0;
    let arrived = 0;
    for (const [index, trial] of trials.entries()) {
      costUsd += trial.costUsd * (timesDrawn[index] ?? 0);
      arrived += trial.arrived * (timesDrawn[index] ?? 0);
    }
    return computeCostPerMillionUsd(costUsd, arrived);
  });
}

function resampleArrivalMs(
  trials: readonly LatencyCounts[],
  resamples: readonly TimesDrawn[],
): ResampledSetting['arrivalMs'] {
  const messages = trials.reduce((sum, counts) => sum + sumMessages(counts), 0);
  const pooled = poolLatencies(trials);
  const replicates = INTERVAL_PROBABILITIES.flatMap((probability) => {
    if (messages < computeSamplesNeeded(probability)) return [];
    const ofQuantile = computeReplicates(trials.length, resamples, (timesDrawn) =>
      computePooledQuantileMs(pooled, timesDrawn, probability),
    );
    return ofQuantile ? [[probability, ofQuantile]] : [];
  });
  return Object.fromEntries(replicates);
}
