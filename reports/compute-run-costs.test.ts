import { describe, expect, test } from 'vitest';
import { sumAfterFreeTierUsd } from '../model/cost/after-free-tier.ts';
import { computeCostEstimate } from '../model/cost/estimate.ts';
import { COST_CATEGORIES, sumCostUsd } from '../model/cost/line-item.ts';
import { FREE_TIER } from '../model/prices/free-tier.ts';
import { computeRunCosts } from './compute-run-costs.ts';
import { type SettingCost, sumCategoriesUsd } from './cost-json.ts';
import { changeTrial, createReportFacts } from './report-facts.fixture.ts';
import type { ReportFacts } from './report-facts.ts';

const facts = withRepetition(createReportFacts());
const costs = computeRunCosts(facts);
const settings = costs.settings.map(({ setting: { service, batchSize }, cost }) => ({
  name: `${service} ${batchSize}`,
  cost,
}));

/** Each trial once more, as repetition 2, with every quantity but the load's a third larger. */
function withRepetition(once: ReportFacts): ReportFacts {
  const again = once.trials.map((trial) => {
    const { result, arrivals, metrics } = trial;
    const trialId = result.trial.trialId.replace('-r1', '-r2');
    return {
      result: { ...result, trial: { ...result.trial, trialId, repetition: 2 } },
      arrivals: { ...arrivals, objects: arrivals.objects * 2 },
      metrics: { ...metrics, durationMs: metrics.durationMs * 1.5, emptyReceives: metrics.emptyReceives * 3 },
    };
  });
  const lanes = once.plan.lanes.map((lane) => ({
    ...lane,
    trials: [
      ...lane.trials,
      ...lane.trials.map((trial) => ({ ...trial, trialId: trial.trialId.replace('-r1', '-r2'), repetition: 2 })),
    ],
  }));
  return { ...once, plan: { ...once.plan, lanes }, trials: [...once.trials, ...again] };
}

function findCost(run: ReportFacts, service: string, batchSize: number): SettingCost {
  const found = computeRunCosts(run).settings.find(
    ({ setting }) => setting.service === service && setting.batchSize === batchSize,
  );
  if (!found) throw new Error(`no ${service} at ${batchSize}`);
  return found.cost;
}

describe.each(settings)('the bill of $name', ({ cost }) => {
  test('is the sum of its items, at list price and after the free tier', () => {
    expect(cost.costUsd).toBe(sumCostUsd(cost.items));
    expect(cost.afterFreeTierUsd).toBe(sumAfterFreeTierUsd(cost.items));
  });

  test('is the sum of its trials, item by item', () => {
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

    expect(cost.trials).toHaveLength(2);
    expect(sum(cost.trials.map(({ costUsd }) => costUsd))).toBeCloseTo(cost.costUsd, 15);
    expect(sum(cost.trials.map(({ afterFreeTierUsd }) => afterFreeTierUsd))).toBeCloseTo(cost.afterFreeTierUsd, 15);
    for (const { item, quantity, costUsd } of cost.items) {
      const ofTrials = cost.trials.flatMap(({ items }) => items.filter((part) => part.item === item));
      expect(sum(ofTrials.map((part) => part.quantity))).toBeCloseTo(quantity, 9);
      expect(sum(ofTrials.map((part) => part.costUsd))).toBeCloseTo(costUsd, 15);
    }
  });

  test('of each trial is the sum of its items', () => {
    for (const { items, costUsd, afterFreeTierUsd, arrived, perMillionUsd } of cost.trials) {
      expect(items.reduce((sum, item) => sum + item.costUsd, 0)).toBe(costUsd);
      expect(sumAfterFreeTierUsd(items)).toBe(afterFreeTierUsd);
      expect(perMillionUsd).toBeCloseTo((costUsd / arrived) * 1e6, 9);
    }
  });

  test('is the sum of its categories', () => {
    const ofCategories = COST_CATEGORIES.map((category) => sumCategoriesUsd(cost.items, [category]));

    expect(ofCategories.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(cost.costUsd, 15);
  });

  test('is never larger after the free tier', () => {
    for (const { afterFreeTierUsd, costUsd } of cost.items) expect(afterFreeTierUsd).toBeLessThanOrEqual(costUsd);
    expect(cost.perMillionAfterFreeTierUsd).toBeLessThan(cost.perMillionUsd ?? Number.NaN);
  });
});

describe('the free tier of a run', () => {
  test('is taken once, by settings and harness together', () => {
    const gbSeconds = FREE_TIER['lambda.gb-second-arm64']?.quantityPerMonth ?? Number.NaN;
    const heavy = changeTrial(createReportFacts(), 'sqs-b10-r1', { metrics: { durationMs: gbSeconds * 4000 } });

    const run = computeRunCosts(heavy);

    const items = [...run.settings.flatMap(({ cost }) => cost.items), ...run.harness.items].filter(
      ({ priceItem }) => priceItem === 'lambda.gb-second-arm64',
    );
    const quantity = items.reduce((sum, item) => sum + item.quantity, 0);
    expect(quantity).toBeGreaterThan(gbSeconds);
    expect(sumAfterFreeTierUsd(items)).toBeCloseTo((quantity - gbSeconds) * 0.0000133334, 9);
  });

  test('covers the state machine of a small run, and no S3 request', () => {
    const itemOf = (name: string) => costs.harness.items.find(({ item }) => item === name);

    expect(itemOf('Step Functions transitions')?.afterFreeTierUsd).toBe(0);
    expect(itemOf('S3 GET requests')?.afterFreeTierUsd).toBe(itemOf('S3 GET requests')?.costUsd);
  });

  test('leaves the prices as they are, and says beside them what is free', () => {
    const priceOf = (wanted: string) => costs.prices.find(({ item }) => item === wanted);

    expect(priceOf('lambda.request')).toMatchObject({ quote: '0.2 per 1,000,000', freePerMonth: 1_000_000 });
    expect(priceOf('s3.put')).not.toHaveProperty('freePerMonth');
  });
});

describe('batch size 1 beside a larger one', () => {
  test('is what the run measured, where it did', () => {
    const measured = findCost(facts, 'sqs', 1);

    expect(measured).not.toHaveProperty('atBatchSizeOne');
    expect(findCost(facts, 'sqs', 100).atBatchSizeOne).toEqual({
      basis: 'measured',
      perMillionUsd: measured.perMillionUsd,
    });
  });

  test.each(['eventbridge', 'sqs', 'kinesis', 'firehose'])(
    'of %s is modelled where the run had none, and near to what it would have measured',
    (service) => {
      const { trials } = createReportFacts();
      const without = createReportFacts({ trials: trials.filter(({ result }) => result.trial.batchSize !== 1) });
      const measuredUsd = findCost(createReportFacts(), service, 1).perMillionUsd ?? Number.NaN;

      const modelled = findCost(without, service, 10).atBatchSizeOne;

      // The fixture's Firehose put two batches in an object, where the model puts one message.
      const expectedUsd = service === 'firehose' ? measuredUsd + 7.5 : measuredUsd;
      expect(modelled?.basis).toBe('modelled');
      expect((modelled?.perMillionUsd ?? 0) / expectedUsd).toBeCloseTo(1, 1);
    },
  );

  test('is modelled where batch size 1 brought nothing', () => {
    const nothing = changeTrial(createReportFacts(), 'sqs-b1-r1', { arrivals: { arrived: 0 } });

    expect(findCost(nothing, 'sqs', 10).atBatchSizeOne?.basis).toBe('modelled');
  });

  test('is absent when nothing arrived to model it by', () => {
    const nothing = ['sqs-b1-r1', 'sqs-b10-r1'].reduce(
      (run, trialId) => changeTrial(run, trialId, { arrivals: { arrived: 0 } }),
      createReportFacts(),
    );

    expect(findCost(nothing, 'sqs', 10)).not.toHaveProperty('atBatchSizeOne');
  });
});

describe('the estimate', () => {
  test('is what the plan expected of the trials that ended, and of the harness', () => {
    const { trials, harnessUsd, costUsd } = computeCostEstimate(facts.plan, 'us-east-1');

    const ofSettings = settings.reduce((sum, { cost }) => sum + cost.estimate.costUsd, 0);

    expect(costs.harness.estimateUsd).toBe(harnessUsd);
    expect(ofSettings + harnessUsd).toBeCloseTo(costUsd, 12);
    expect(settings.reduce((sum, { cost }) => sum + cost.estimate.invocations, 0)).toBe(
      trials.reduce((sum, { invocations }) => sum + invocations, 0),
    );
  });

  test('leaves out trials that did not end', () => {
    const half = { ...facts, trials: facts.trials.filter(({ result }) => result.trial.repetition === 1) };

    expect(findCost(half, 'sqs', 10).estimate.costUsd).toBeCloseTo(findCost(facts, 'sqs', 10).estimate.costUsd / 2, 12);
  });

  test.each(['eventbridge', 'sqs', 'kinesis', 'firehose'])(
    'of %s is not below what a default run came to',
    (service) => {
      for (const batchSize of [1, 10, 100]) {
        const { estimate, costUsd } = findCost(createReportFacts(), service, batchSize);

        expect(estimate.costUsd).toBeGreaterThanOrEqual(costUsd);
      }
    },
  );
});
