// What the trials of a setting cost, one by one and taken together.

import { applyFreeTier, type BilledShares, sumAfterFreeTierUsd } from '../model/cost/after-free-tier.ts';
import { computeUsageAtBatchSizeOne } from '../model/cost/batch-size-one.ts';
import type { TrialEstimate } from '../model/cost/estimate.ts';
import { type LineItem, mergeLineItems, sumCostUsd } from '../model/cost/line-item.ts';
import { computeCostPerMillionUsd, computeTrialCost, type TrialUsage } from '../model/cost/trial-cost.ts';
import type { ResolvedInput } from '../model/input.ts';
import type { SettingFacts } from './compute-setting-report.ts';
import { computeTrialUsage } from './compute-trial-usage.ts';
import type { BatchSizeOneCost, SettingCost, TrialCost } from './cost-json.ts';

/** A setting's bill at list price. */
export interface SettingBill {
  readonly setting: SettingFacts;
  readonly trials: readonly TrialBill[];
  readonly items: readonly LineItem[];
  readonly arrived: number;
}

interface TrialBill {
  readonly trialId: string;
  readonly arrived: number;
  readonly usage: TrialUsage;
  readonly items: readonly LineItem[];
}

/** @throws {UnknownPriceError} */
export function computeSettingBill(setting: SettingFacts, input: ResolvedInput, region: string): SettingBill {
  const trials = setting.trials.map((facts) => {
    const usage = computeTrialUsage(facts, input);
    const { trialId } = facts.result.trial;
    return { trialId, arrived: facts.arrivals.arrived, usage, items: computeTrialCost(usage, region) };
  });
  return {
    setting,
    trials,
    items: mergeLineItems(trials.map(({ items }) => items)),
    arrived: trials.reduce((sum, { arrived }) => sum + arrived, 0),
  };
}

/** `bills` has all settings of the run, this one included. @throws {UnknownPriceError} */
export function computeSettingCost(
  bill: SettingBill,
  context: {
    readonly bills: readonly SettingBill[];
    readonly shares: BilledShares;
    readonly estimates: readonly TrialEstimate[];
    readonly region: string;
  },
): SettingCost {
  const items = applyFreeTier(bill.items, context.shares);
  const costUsd = sumCostUsd(items);
  const afterFreeTierUsd = sumAfterFreeTierUsd(items);
  const perMillionUsd = computeCostPerMillionUsd(costUsd, bill.arrived);
  const perMillionAfterFreeTierUsd = computeCostPerMillionUsd(afterFreeTierUsd, bill.arrived);
  const atBatchSizeOne = computeAtBatchSizeOne(bill, context);
  return {
    items,
    costUsd,
    afterFreeTierUsd,
    ...(perMillionUsd !== undefined && { perMillionUsd }),
    ...(perMillionAfterFreeTierUsd !== undefined && { perMillionAfterFreeTierUsd }),
    trials: bill.trials.map((trial) => computeTrial(trial, context.shares)),
    estimate: sumEstimates(bill, context.estimates),
    ...(atBatchSizeOne && { atBatchSizeOne }),
  };
}

function computeTrial({ trialId, arrived, items }: TrialBill, shares: BilledShares): TrialCost {
  const billed = applyFreeTier(items, shares);
  const costUsd = sumCostUsd(billed);
  const perMillionUsd = computeCostPerMillionUsd(costUsd, arrived);
  return {
    trialId,
    arrived,
    costUsd,
    afterFreeTierUsd: sumAfterFreeTierUsd(billed),
    ...(perMillionUsd !== undefined && { perMillionUsd }),
    items: billed.map(({ item, quantity, costUsd, afterFreeTierUsd }) => ({
      item,
      quantity,
      costUsd,
      afterFreeTierUsd,
    })),
  };
}

function sumEstimates({ trials }: SettingBill, estimates: readonly TrialEstimate[]): SettingCost['estimate'] {
  const ended = new Set(trials.map(({ trialId }) => trialId));
  const ofSetting = estimates.filter(({ trialId }) => ended.has(trialId));
  return {
    costUsd: ofSetting.reduce((sum, estimate) => sum + estimate.costUsd, 0),
    invocations: ofSetting.reduce((sum, estimate) => sum + estimate.invocations, 0),
  };
}

function computeAtBatchSizeOne(
  bill: SettingBill,
  { bills, region }: { readonly bills: readonly SettingBill[]; readonly region: string },
): BatchSizeOneCost | undefined {
  const { service, batchSize } = bill.setting;
  if (batchSize === 1) return undefined;
  const measured = bills.find(({ setting }) => setting.service === service && setting.batchSize === 1);
  const measuredUsd = measured && computeCostPerMillionUsd(sumCostUsd(measured.items), measured.arrived);
  if (measuredUsd !== undefined) return { basis: 'measured', perMillionUsd: measuredUsd };
  const modelled = bill.trials.flatMap(({ usage }) => computeTrialCost(computeUsageAtBatchSizeOne(usage), region));
  const modelledUsd = computeCostPerMillionUsd(sumCostUsd(modelled), bill.arrived);
  return modelledUsd === undefined ? undefined : { basis: 'modelled', perMillionUsd: modelledUsd };
}
