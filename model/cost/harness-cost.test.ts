import { describe, expect, test } from 'vitest';
import { SERVICES } from '../service.ts';
import type { PublishTotals, TrialResult } from '../trial.ts';
import { computeHarnessCost } from './harness-cost.ts';
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
const NOTHING_YET = { results: [], objects: 30, objectsRead: 4, reportAttempts: 1 };

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
    const usage = computeHarnessUsage(plan, {
      results: [createResult()],
      objects: 30,
      objectsRead: 4,
      reportAttempts: 2,
    });

    expect(usage).toMatchObject({ generatorInvocations: 8, generatorMs: 50_300, objects: 30, metrics: 16, reports: 2 });
    // Warm-up: a window of 10 s, so two counts. Drain: 25 s, so four.
    expect(usage.counts).toBe(6);
  });

  test('expects of a trial without a result that its generator runs for all of each tick', () => {
    expect(computeHarnessUsage(plan, NOTHING_YET)).toMatchObject({ generatorInvocations: 7, generatorMs: 60_300 });
  });

  test('has an object of acknowledgements for each tick, a tally for each trial, and one collection of events', () => {
    const usage = computeHarnessUsage(createPlan([{}, {}, {}]), NOTHING_YET);

    expect(usage).toMatchObject({ acknowledgements: 18, tallies: 3, collections: 1, eventReceives: 3 });
  });

  test('tallies all trials of Firehose together', () => {
    const lanes = [
      { service: 'firehose' as const, trials: createPlan([{}, {}, {}]).lanes.flatMap(({ trials }) => trials) },
    ];

    expect(computeHarnessUsage({ ...plan, lanes }, NOTHING_YET).tallies).toBe(1);
  });

  test('takes the receives that a run made, where it made them', () => {
    expect(computeHarnessUsage(plan, { ...NOTHING_YET, eventReceives: 9 }).eventReceives).toBe(9);
  });

  test('keeps what is paid by the hour for the run less its load', () => {
    const lanes = createPlan([{ service: 'kinesis' }]);
    const [trial] = lanes.lanes[0]?.trials ?? [];
    if (!trial) throw new Error('the plan has no trial');
    const results = [{ ...createResult(), trial, startMs: 120_000, drainedMs: 200_000 }];

    const usage = computeHarnessUsage(lanes, {
      results,
      objects: 30,
      objectsRead: 4,
      reportAttempts: 1,
      startedAtMs: 10_000,
    });

    // 190 s to the last drain, 190 s more to the report, less 60 s of load.
    expect(usage.idleMs).toEqual({ kinesis: 320_000, sqs: 0 });
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

    // The plan, ten files of the report; result, tally and events; six ticks.
    expect(find(usage, 'S3 PUT requests').quantity).toBe(1 + 10 + 3 + 6);
    // Four objects twice; plan, result, events and six acknowledgements for the tally; plan, result and tally for the report, and the index twice.
    expect(find(usage, 'S3 GET requests').quantity).toBe(8 + 9 + 3 + 2);
  });

  test.each([
    [1000, 1],
    [1001, 2],
  ])('lists %i objects of a trial in pages of 1,000', (objects, pages) => {
    const usage = { ...computeHarnessUsage(plan, { ...NOTHING_YET, objects }), counts: 10 };

    expect(find(usage, 'S3 LIST requests').quantity).toBe(10 * pages + pages + (pages + 3) + 3);
  });

  test('bills the queue that S3 tells of arrivals in: every send, what was received, and a delete for each ten', () => {
    const usage = computeHarnessUsage(plan, { ...NOTHING_YET, objects: 31, eventReceives: 6 });

    expect(find(usage, 'S3 events sent').quantity).toBe(31);
    expect(find(usage, 'S3 events received and deleted').quantity).toBe(6 + 4);
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

    expect(quantities('CloudWatch metrics')).toEqual([8, 16]);
    expect(quantities('Lambda requests')[1]).toBe((quantities('Lambda requests')[0] ?? 0) + 1);
    expect(quantities('Step Functions transitions')[1]).toBe((quantities('Step Functions transitions')[0] ?? 0) + 1);
  });
});
