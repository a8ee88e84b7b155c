import { describe, expect, test } from 'vitest';
import { SERVICES } from '../service.ts';
import type { PublishTotals, TrialResult } from '../trial.ts';
import { computeHarnessCost, countNotificationRequests } from './harness-cost.ts';
import { computeHarnessUsage, type HarnessUsage } from './harness-usage.ts';
import { type LineItem, sumCostUsd } from './line-item.ts';
import { createPlan } from './plan.fixture.ts';

const PUBLISH: PublishTotals = {
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

const plan = createPlan([{ trialId: 't0' }]);
const NOTHING_YET = { results: [], objects: 30, reportAttempts: 1 };

function createResult(): TrialResult {
  const trial = plan.lanes[0]?.trials[0];
  if (!trial) throw new Error('the plan has no trial');
  return { trial, startMs: 0, drainedMs: 85_000, publish: PUBLISH, arrivedAtDrain: 300, drainTimedOut: false };
}

function find(usage: HarnessUsage, name: string): LineItem {
  const items = computeHarnessCost(usage, 'us-east-1');
  const found = items.find(({ item }) => item === name);
  if (!found) throw new Error(`no ${name} among ${items.map(({ item }) => item).join(', ')}`);
  return found;
}

describe('computeHarnessUsage', () => {
  test('takes a finished trial as it went, and the warm-up on top', () => {
    const usage = computeHarnessUsage(plan, { results: [createResult()], objects: 30, reportAttempts: 2 });

    expect(usage).toMatchObject({ generatorInvocations: 8, generatorMs: 50_300, objects: 30, metrics: 10, reports: 2 });
    // Warm-up: a window of 10 s, so two counts. Drain: 25 s, so four.
    expect(usage.counts).toBe(6);
  });

  test('expects of a trial without a result that its generator runs for all of each tick', () => {
    expect(computeHarnessUsage(plan, NOTHING_YET)).toMatchObject({ generatorInvocations: 7, generatorMs: 60_300 });
  });

  test('has an object of acknowledgements for each tick, a tally for each trial, and one collection of the clock', () => {
    const usage = computeHarnessUsage(createPlan([{}, {}, {}]), NOTHING_YET);

    expect(usage).toMatchObject({ acknowledgements: 18, tallies: 3, clockCollections: 1 });
  });

  test('keeps what is paid by the hour for the run less its load', () => {
    const lanes = createPlan([{ service: 'kinesis' }]);
    const [trial] = lanes.lanes[0]?.trials ?? [];
    if (!trial) throw new Error('the plan has no trial');
    const results = [{ ...createResult(), trial, startMs: 120_000, drainedMs: 200_000 }];

    const usage = computeHarnessUsage(lanes, { results, objects: 30, reportAttempts: 1, startedAtMs: 10_000 });

    // 190 s to the last drain, 190 s more to the report, less 60 s of load.
    expect(usage.idleMs).toEqual({ kinesis: 320_000, sqs: 0 });
  });
});

describe('countNotificationRequests', () => {
  test.each([
    [0, 1, 0],
    [1, 2, 1],
    [9, 2, 1],
    [10, 2, 1],
    [11, 3, 2],
    [1000, 101, 100],
  ])('of %i notifications are %i receives, the last in vain, and %i deletes', (notifications, receives, deletes) => {
    expect(countNotificationRequests(notifications)).toEqual({ sends: notifications, receives, deletes });
  });
});

describe('computeHarnessCost', () => {
  test('is billed at a positive price throughout, save for parameters, which AWS gives away', () => {
    const everything = createPlan(SERVICES.map((service) => ({ service })));

    const items = computeHarnessCost(computeHarnessUsage(everything, NOTHING_YET), 'us-east-1');

    const free = items.filter(({ costUsd }) => costUsd === 0);
    expect(free.map(({ item }) => item)).toEqual(['Parameters read']);
    for (const { quantity } of items) expect(quantity).toBeGreaterThan(0);
    expect(sumCostUsd(items)).toBeLessThan(0.05);
  });

  test('names no item twice, so that its table can be read', () => {
    const everything = createPlan(SERVICES.map((service) => ({ service })));
    const names = computeHarnessCost(computeHarnessUsage(everything, NOTHING_YET), 'us-east-1').map(({ item }) => item);

    expect(new Set(names).size).toBe(names.length);
  });

  test('bills what a run stores of itself, by the object', () => {
    const usage = computeHarnessUsage(plan, NOTHING_YET);

    // The plan, two files of the report; result, tally and clock; six ticks.
    expect(find(usage, 'S3 PUT requests').quantity).toBe(1 + 2 + 3 + 6);
    // 30 objects twice; six acknowledgements and one clock; the plan, one result and one tally.
    expect(find(usage, 'S3 GET requests').quantity).toBe(60 + 7 + 3);
  });

  test.each([
    [1000, 1],
    [1001, 2],
  ])('lists %i objects of a trial in pages of 1,000', (objects, pages) => {
    const usage = { ...computeHarnessUsage(plan, { ...NOTHING_YET, objects }), counts: 10 };

    expect(find(usage, 'S3 LIST requests').quantity).toBe(10 * pages + (pages + 1) + 2);
  });

  test('bills the warm-up of a service as the trials are billed', () => {
    const usage = computeHarnessUsage(createPlan([{ service: 'firehose' }]), NOTHING_YET);

    expect(find(usage, 'Warm-up: Firehose ingestion').quantity).toBeCloseTo((5 * 5120) / 1024 ** 3, 15);
    expect(find(usage, 'Warm-up: S3 PUT requests').quantity).toBe(15);
  });

  test('bills another attempt of the report for what it asks for again', () => {
    const once = computeHarnessUsage(plan, NOTHING_YET);
    const twice = computeHarnessUsage(plan, { ...NOTHING_YET, reportAttempts: 2 });

    const quantities = (name: string) => [find(once, name).quantity, find(twice, name).quantity];

    expect(quantities('CloudWatch metrics')).toEqual([5, 10]);
    expect(quantities('Lambda requests')[1]).toBe((quantities('Lambda requests')[0] ?? 0) + 1);
    expect(quantities('Step Functions transitions')[1]).toBe((quantities('Step Functions transitions')[0] ?? 0) + 1);
  });
});
