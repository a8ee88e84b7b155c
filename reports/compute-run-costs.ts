// The bills of a whole run: its settings' and the harness's, at list price and after the free tier.

import {
  applyFreeTier,
  type BilledShares,
  computeBilledShares,
  sumAfterFreeTierUsd,
} from '../model/cost/after-free-tier.ts';
import { computeCostEstimate } from '../model/cost/estimate.ts';
import { computeHarnessCost } from '../model/cost/harness-cost.ts';
import { computeHarnessUsage } from '../model/cost/harness-usage.ts';
import { type LineItem, sumCostUsd } from '../model/cost/line-item.ts';
import { FREE_TIER } from '../model/prices/free-tier.ts';
import { priceOf } from '../model/prices/price.ts';
import { computeSettingBill, computeSettingCost } from './compute-setting-cost.ts';
import { groupBySetting, type SettingFacts } from './compute-setting-report.ts';
import type { HarnessCost, SettingCost } from './cost-json.ts';
import type { ReportFacts } from './report-facts.ts';
import type { UsedPrice } from './report-json.ts';

export interface RunCosts {
  /** In order of first appearance. */
  readonly settings: readonly { readonly setting: SettingFacts; readonly cost: SettingCost }[];
  readonly harness: HarnessCost;
  /** Every price that a cost above was computed with. */
  readonly prices: readonly UsedPrice[];
}

/** @throws {UnknownPriceError} when the run's Region has no confirmed price for something that it used. */
export function computeRunCosts(facts: ReportFacts): RunCosts {
  const { plan, environment } = facts;
  const { region } = environment;
  const estimate = computeCostEstimate(plan, region);
  const bills = groupBySetting(facts.trials).map((setting) => computeSettingBill(setting, plan.input, region));
  const harnessItems = computeHarnessItems(facts);
  const items = [...bills.flatMap((bill) => bill.items), ...harnessItems];
  const shares = computeBilledShares(items);
  return {
    settings: bills.map((bill) => ({
      setting: bill.setting,
      cost: computeSettingCost(bill, { bills, shares, estimates: estimate.trials, region }),
    })),
    harness: computeHarness(harnessItems, shares, estimate.harnessUsd),
    prices: listPrices(items, region),
  };
}

function computeHarnessItems({
  plan,
  trials,
  collection,
  objectsRead,
  reportAttempts,
  environment,
}: ReportFacts): LineItem[] {
  const results = trials.map(({ result }) => result);
  const { startedAtMs } = plan;
  const usage = computeHarnessUsage(plan, {
    results,
    // The collector counts them, warm-ups' included, unless it fails before.
    objects: Math.max(
      collection.objects,
      trials.reduce((sum, { arrivals }) => sum + arrivals.objects, 0),
    ),
    objectsRead,
    eventReceives: collection.receives,
    reportAttempts,
    startedAtMs,
  });
  return computeHarnessCost(usage, environment.region);
}

function computeHarness(harnessItems: readonly LineItem[], shares: BilledShares, estimateUsd: number): HarnessCost {
  const items = applyFreeTier(harnessItems, shares);
  return { items, costUsd: sumCostUsd(items), afterFreeTierUsd: sumAfterFreeTierUsd(items), estimateUsd };
}

function listPrices(items: readonly LineItem[], region: string): UsedPrice[] {
  const used = [...new Set(items.map(({ priceItem }) => priceItem))].sort();
  return used.map((item) => {
    const freePerMonth = FREE_TIER[item]?.quantityPerMonth;
    return { item, ...priceOf(region, item), ...(freePerMonth !== undefined && { freePerMonth }) };
  });
}
