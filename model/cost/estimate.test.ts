import { describe, expect, test } from 'vitest';
import type { ResolvedInput } from '../input.ts';
import { UnknownPriceError } from '../prices/price.ts';
import type { Service } from '../service.ts';
import type { Plan, PublishTotals, Trial } from '../trial.ts';
import { computeEstimateUsd } from './estimate.ts';
import { computeHarnessCost, computeHarnessUsage } from './harness-cost.ts';
import { sumCostUsd } from './line-item.ts';
import { computeStateTransitions } from './state-transitions.ts';

type Planned = Pick<Plan, 'lanes' | 'input'>;

function createPlan(trials: readonly Partial<Trial>[], change: Partial<ResolvedInput> = {}): Planned {
  const input: ResolvedInput = {
    batchSizes: [10],
    services: ['sqs'],
    ticks: 6,
    tickSeconds: 10,
    messagesPerTick: 50,
    arrivals: 'steady',
    publishBatchSize: 1,
    payloadBytes: 0,
    maximumBatchingWindowSeconds: 'fill',
    endpointLookup: 'ssm',
    repetitions: 1,
    costLimitUsd: 1,
    drainTimeoutSeconds: 300,
    ...change,
  };
  const complete = trials.map(
    (trial, index): Trial => ({
      trialId: `t${index}`,
      service: 'sqs',
      batchSize: 10,
      repetition: 1,
      messages: input.ticks * input.messagesPerTick,
      windowSeconds: 10,
      mechanism: '',
      ...trial,
    }),
  );
  return { input, lanes: complete.map((trial) => ({ service: trial.service, trials: [trial] })) };
}

describe('computeEstimateUsd', () => {
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

describe('computeHarnessUsage', () => {
  const plan = createPlan([{ trialId: 't0' }]);
  const [trial] = plan.lanes[0]?.trials ?? [];
  const publish: PublishTotals = {
    scheduled: 300,
    sent: 300,
    gaveUp: 0,
    calls: 300,
    retriedEntries: 0,
    entries: 300,
    billedUnits: 300,
    bytes: 100_000,
    invocations: 7,
    generatorMs: 50_000,
    lateMsMax: 0,
    endpointLookups: 0,
    endpointLookupMs: 0,
    factSource: 'shipped',
  };

  test('takes a finished trial as it went, and the warm-up on top', () => {
    if (!trial) throw new Error('the plan has no trial');
    const result = { trial, startMs: 0, drainedMs: 85_000, publish, arrivedAtDrain: 300, drainTimedOut: false };

    const usage = computeHarnessUsage(plan, { results: [result], objects: 30, reportAttempts: 2 });

    expect(usage).toMatchObject({ generatorInvocations: 8, generatorMs: 50_300, objects: 60, metrics: 16 });
    // Warm-up: a window of 10 s, so two counts. Drain: 25 s, so four.
    expect(usage.counts).toBe(6);
  });

  test('expects of a trial without a result that its generator runs for all of each tick', () => {
    const usage = computeHarnessUsage(plan, { results: [], objects: 30, reportAttempts: 1 });

    expect(usage).toMatchObject({ generatorInvocations: 7, generatorMs: 60_300 });
  });

  test('is billed at a positive price throughout', () => {
    const items = computeHarnessCost(
      computeHarnessUsage(plan, { results: [], objects: 30, reportAttempts: 1 }),
      'us-east-1',
    );

    for (const { costUsd } of items) expect(costUsd).toBeGreaterThan(0);
    expect(sumCostUsd(items)).toBeLessThan(0.02);
  });
});

describe('computeStateTransitions', () => {
  const once = { ticks: 1, configureLooks: 1, warmUpCounts: 1, arrivalCounts: 1 };

  test.each<[Service, number]>([
    // 7 of the run, 4 of the lane, 6 of the trial, and 2 for each of tick, warm-up count and arrival count.
    ['eventbridge', 23],
    // A look of 4, the update and its restoration.
    ['sqs', 29],
    ['kinesis', 29],
    // Two more to read the version before the update, one more before the restoration.
    ['firehose', 32],
  ])('of the shortest %s run', (service, transitions) => {
    expect(computeStateTransitions([{ service, trials: [once] }])).toBe(transitions);
  });

  test.each([
    ['tick', { ticks: 2 }, 3],
    ['count of arrivals', { arrivalCounts: 2 }, 3],
    ['look at the setting', { configureLooks: 2 }, 4],
  ])('grows with another %s', (_what, change, more) => {
    const base = computeStateTransitions([{ service: 'sqs', trials: [once] }]);

    expect(computeStateTransitions([{ service: 'sqs', trials: [{ ...once, ...change }] }])).toBe(base + more);
  });
});
