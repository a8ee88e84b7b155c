// Checks in numbers what larger batches save: "twice the batch, half the invocations".

import type { CostCategory } from '../model/cost/line-item.ts';
import { SERVICES } from '../model/service.ts';
import { type BatchStep, type BatchStepEnd, sumCategoriesUsd } from './cost-json.ts';
import type { SettingReport } from './report-json.ts';

const CONSUMER_CATEGORIES: readonly CostCategory[] = ['lambda-requests', 'lambda-duration', 's3', 'logs'];
const FEE_CATEGORIES: readonly CostCategory[] = ['publish', 'delivery', 'fixed'];

/** For each service, from each batch size to the next larger one. Settings in which nothing arrived take no part. */
export function computeBatchSteps(settings: readonly SettingReport[]): BatchStep[] {
  return SERVICES.flatMap((service) => {
    const ends = settings
      .filter((setting) => setting.service === service && setting.arrived > 0 && setting.invocations > 0)
      .toSorted((a, b) => a.batchSize - b.batchSize)
      .map(computeEnd);
    return ends.slice(1).flatMap((to, index) => {
      const from = ends[index];
      return from ? [{ service, from, to }] : [];
    });
  });
}

function computeEnd({ batchSize, invocations, arrived, cost }: SettingReport): BatchStepEnd {
  const perMillion = (value: number) => (value / arrived) * 1_000_000;
  return {
    batchSize,
    invocationsPerMillion: perMillion(invocations),
    consumerPerMillionUsd: perMillion(sumCategoriesUsd(cost.items, CONSUMER_CATEGORIES)),
    feesPerMillionUsd: perMillion(sumCategoriesUsd(cost.items, FEE_CATEGORIES)),
  };
}
