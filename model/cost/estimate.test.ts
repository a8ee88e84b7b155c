import { describe, expect, test } from 'vitest';
import { UnknownPriceError } from '../prices/price.ts';
import type { Service } from '../service.ts';
import { computeCostEstimate } from './estimate.ts';
import { createPlan } from './plan.fixture.ts';

const computeEstimateUsd = (...request: Parameters<typeof computeCostEstimate>) =>
  computeCostEstimate(...request).costUsd;

describe('the cost of an estimate', () => {
  test.each<Service>(['eventbridge', 'sqs', 'kinesis', 'firehose'])(
    'of a small %s trial is a matter of cents',
    (service) => {
      const estimateUsd = computeEstimateUsd(createPlan([{ service }]), 'us-east-1');

      expect(estimateUsd).toBeGreaterThan(0.001);
      expect(estimateUsd).toBeLessThan(0.05);
    },
  );

  test('of a million EventBridge events is at least what AWS charges for publishing and storing them', () => {
    const plan = createPlan([{ service: 'eventbridge', batchSize: 1 }], { ticks: 100, messagesPerTick: 10_000 });

    const estimateUsd = computeEstimateUsd(plan, 'us-east-1');

    expect(estimateUsd).toBeGreaterThan(1 + 5 + 0.2);
    expect(estimateUsd).toBeLessThan(9);
  });

  test.each([
    ['more trials', createPlan([{}, {}])],
    ['more messages', createPlan([{}], { messagesPerTick: 5000 })],
    ['longer messages', createPlan([{}], { payloadBytes: 200_000 })],
    ['smaller batches', createPlan([{ batchSize: 1 }])],
  ])('grows with %s', (_what, plan) => {
    const base = createPlan([{}]);

    expect(computeEstimateUsd(plan, 'us-east-1')).toBeGreaterThan(computeEstimateUsd(base, 'us-east-1'));
  });

  test('takes a publish batch for the calls it saves', () => {
    const estimate = (publishBatchSize: number | 'max') =>
      computeEstimateUsd(createPlan([{}], { publishBatchSize, messagesPerTick: 1000 }), 'us-east-1');

    expect(estimate(10)).toBeLessThan(estimate(1));
    expect(estimate('max')).toBe(estimate(10));
  });

  test('refuses a Region with a price that is not confirmed, by item and Region', () => {
    const act = () => computeEstimateUsd(createPlan([{ service: 'eventbridge' }]), 'mars-north-1');

    expect(act).toThrow(UnknownPriceError);
    expect(act).toThrow('eventbridge.event in mars-north-1');
  });
});

describe('computeCostEstimate', () => {
  test('is the sum of its trials and of the harness', () => {
    const plan = createPlan([{ service: 'sqs' }, { service: 'kinesis' }, { service: 'firehose', batchSize: 1 }]);

    const { trials, harnessUsd, costUsd } = computeCostEstimate(plan, 'us-east-1');

    expect(trials.map(({ trialId }) => trialId)).toEqual(['t0', 't1', 't2']);
    expect(harnessUsd).toBeGreaterThan(0);
    expect(costUsd).toBeCloseTo(
      trials.reduce((sum, trial) => sum + trial.costUsd, harnessUsd),
      15,
    );
  });
});
