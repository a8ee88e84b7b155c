// Intervals of each setting, and each batch size against the next larger one.

import { computeDifferenceInterval, computeInterval, type Interval, type Replicates } from '../model/bootstrap.ts';
import {
  COMPARED_PROBABILITIES,
  type Comparison,
  type Difference,
  INTERVAL_PROBABILITIES,
  NO_DIFFERENCE,
  type SettingIntervals,
} from './interval-json.ts';
import type { ResampledSetting } from './resample-setting.ts';

/** Steps per unit that figures are rounded to: to a tenth of a millisecond, to a millionth of a dollar per million messages. */
const STEPS_PER_MS = 10;
const STEPS_PER_USD = 1_000_000;

/** Undefined with fewer than two trials: one tells nothing of how much trials differ. */
export function computeIntervals({ trials, perMillionUsd, arrivalMs }: ResampledSetting): SettingIntervals | undefined {
  if (trials < 2) return undefined;
  const intervals = INTERVAL_PROBABILITIES.flatMap((probability) => {
    const replicates = arrivalMs[probability];
    return replicates ? [[probability, round(computeInterval(replicates), STEPS_PER_MS)]] : [];
  });
  return {
    arrivalMs: Object.fromEntries(intervals),
    ...(perMillionUsd && { perMillionUsd: round(computeInterval(perMillionUsd), STEPS_PER_USD) }),
  };
}

/** One for each service and each two neighbouring batch sizes that both have two trials or more. */
export function computeComparisons(settings: readonly ResampledSetting[]): Comparison[] {
  const services = [...new Set(settings.map(({ service }) => service))];
  return services.flatMap((service) => {
    const batchSizes = settings
      .filter((setting) => setting.service === service)
      .toSorted((a, b) => a.batchSize - b.batchSize);
    return batchSizes.slice(1).flatMap((larger, index) => {
      const smaller = batchSizes[index];
      return smaller && smaller.trials >= 2 && larger.trials >= 2 ? [compare(smaller, larger)] : [];
    });
  });
}

function compare(smaller: ResampledSetting, larger: ResampledSetting): Comparison {
  const perMillionUsd = judge(smaller.perMillionUsd, larger.perMillionUsd, STEPS_PER_USD, 'cheaper', 'dearer');
  const arrivalMs = COMPARED_PROBABILITIES.flatMap((probability) => {
    const [from, to] = [smaller.arrivalMs[probability], larger.arrivalMs[probability]];
    const difference = judge(from, to, STEPS_PER_MS, 'faster', 'slower');
    return difference ? [[probability, difference]] : [];
  });
  return {
    service: larger.service,
    smaller: { batchSize: smaller.batchSize, trials: smaller.trials },
    larger: { batchSize: larger.batchSize, trials: larger.trials },
    ...(perMillionUsd && { perMillionUsd }),
    arrivalMs: Object.fromEntries(arrivalMs),
  };
}

/**
 * By the rounded interval, so that the last digits of a sum make no verdict. Where trials do not differ at all the interval has no width, and
 * what difference there is counts as shown.
 */
function judge<Less extends string, More extends string>(
  from: Replicates | undefined,
  to: Replicates | undefined,
  stepsPerUnit: number,
  less: Less,
  more: More,
): Difference<Less | More> | undefined {
  if (!from || !to) return undefined;
  const interval = round(computeDifferenceInterval(from, to), stepsPerUnit);
  const difference = roundToStep(to.estimate - from.estimate, stepsPerUnit);
  const verdict = interval.high < 0 ? less : interval.low > 0 ? more : NO_DIFFERENCE;
  return { difference, ...interval, verdict };
}

function round({ low, high }: Interval, stepsPerUnit: number): Interval {
  return { low: roundToStep(low, stepsPerUnit), high: roundToStep(high, stepsPerUnit) };
}

/** Never -0, which is another value than 0 to some readers. */
function roundToStep(value: number, stepsPerUnit: number): number {
  return Math.round(value * stepsPerUnit) / stepsPerUnit + 0;
}
