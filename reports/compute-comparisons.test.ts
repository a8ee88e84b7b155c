import { describe, expect, test } from 'vitest';
import type { Replicates } from '../model/bootstrap.ts';
import { computeQuantileMs, mergeLatencyCounts } from '../model/latency-counts.ts';
import { computeComparisons } from './compute-comparisons.ts';
import { computeReport } from './compute-report.ts';
import { createRepeatedFacts } from './repeated-facts.fixture.ts';
import { changeTrial, createReportFacts } from './report-facts.fixture.ts';
import type { ReportFacts, TrialFacts } from './report-facts.ts';
import type { SettingReport } from './report-json.ts';
import type { ResampledSetting } from './resample-setting.ts';

const isSqs10 = ({ service, batchSize }: { readonly service: string; readonly batchSize: number }) =>
  service === 'sqs' && batchSize === 10;

function findSetting(facts: ReportFacts): SettingReport {
  const setting = computeReport(facts).settings.find(isSqs10);
  if (!setting) throw new Error('the report has no SQS at batch size 10');
  return setting;
}

/** Reports of only SQS at batch size 10, of every three trials that can be drawn from its three. */
function reportEveryDraw(facts: ReportFacts): SettingReport[] {
  const trials = facts.trials.filter(({ result }) => isSqs10(result.trial));
  return trials.flatMap((first) =>
    trials.flatMap((second) =>
      trials.map((third) => findSetting({ ...facts, trials: [first, second, third].map(nameAnew) })),
    ),
  );
}

function nameAnew(facts: TrialFacts, index: number): TrialFacts {
  const trial = { ...facts.result.trial, trialId: `sqs-b10-r${index + 1}`, repetition: index + 1 };
  return { ...facts, result: { ...facts.result, trial } };
}

describe('intervals', () => {
  test('are absent from a setting that was tried once', () => {
    expect(findSetting(createReportFacts())).not.toHaveProperty('intervals');
  });

  test('of three trials reach as far as reports of every draw of them do', () => {
    const facts = createRepeatedFacts(3);
    const draws = reportEveryDraw(facts);
    const expectRange = (interval: { low: number; high: number } | undefined, values: (number | undefined)[]) => {
      const numbers = values.map((value) => value ?? Number.NaN);
      expect(interval?.low).toBeCloseTo(Math.min(...numbers), 0);
      expect(interval?.high).toBeCloseTo(Math.max(...numbers), 0);
      expect(Math.min(...numbers)).toBeLessThan(Math.max(...numbers));
    };

    const { intervals } = findSetting(facts);

    expect(draws).toHaveLength(27);
    expectRange(
      intervals?.arrivalMs[0.5],
      draws.map(({ arrival }) => arrival.quantilesMs[0.5]),
    );
    expectRange(
      intervals?.arrivalMs[0.99],
      draws.map(({ arrival }) => arrival.quantilesMs[0.99]),
    );
    const costsUsd = draws.map(({ cost }) => cost.perMillionUsd ?? Number.NaN);
    expect(intervals?.perMillionUsd?.low).toBeCloseTo(Math.min(...costsUsd), 5);
    expect(intervals?.perMillionUsd?.high).toBeCloseTo(Math.max(...costsUsd), 5);
  });

  test('hold the figure of the pooled trials', () => {
    for (const { intervals, arrival, cost } of computeReport(createRepeatedFacts(7)).settings) {
      const { 0.5: p50Ms = Number.NaN, 0.9: p90Ms = Number.NaN } = arrival.quantilesMs;
      expect(p50Ms).toBeGreaterThan(intervals?.arrivalMs[0.5]?.low ?? Number.NaN);
      expect(p50Ms).toBeLessThan(intervals?.arrivalMs[0.5]?.high ?? Number.NaN);
      expect(p90Ms).toBeGreaterThan(intervals?.arrivalMs[0.9]?.low ?? Number.NaN);
      expect(p90Ms).toBeLessThan(intervals?.arrivalMs[0.9]?.high ?? Number.NaN);
      expect(cost.perMillionUsd).toBeGreaterThan(intervals?.perMillionUsd?.low ?? Number.NaN);
      expect(cost.perMillionUsd).toBeLessThan(intervals?.perMillionUsd?.high ?? Number.NaN);
    }
  });

  test('are of no percentile that all messages together are too few for', () => {
    const facts = createRepeatedFacts(3);
    const few = facts.trials.map((trial) => ({
      ...trial,
      arrivals: { ...trial.arrivals, arrival: [[500, 33]] as const },
    }));

    const { intervals, arrival } = findSetting({ ...facts, trials: few });

    expect(arrival.count).toBe(99);
    expect(Object.keys(intervals?.arrivalMs ?? {})).toEqual(['0.5', '0.9']);
  });

  test('of cost need an arrival in every trial', () => {
    const facts = changeTrial(createRepeatedFacts(3), 'sqs-b10-r2', { arrivals: { arrived: 0, arrival: [] } });

    const { intervals, cost } = findSetting(facts);

    expect(cost.perMillionUsd).toBeDefined();
    expect(intervals).toEqual({ arrivalMs: {} });
  });
});

describe('comparisons', () => {
  test('are of each service and each two neighbouring batch sizes, ascending', () => {
    const { comparisons } = computeReport(createRepeatedFacts(2));

    expect(comparisons.map(({ service, smaller, larger }) => [service, smaller.batchSize, larger.batchSize])).toEqual([
      ...[['eventbridge', 1, 10] as const, ['eventbridge', 10, 100] as const],
      ...[['sqs', 1, 10] as const, ['sqs', 10, 100] as const],
      ...[['kinesis', 1, 10] as const, ['kinesis', 10, 100] as const],
      ...[['firehose', 1, 10] as const, ['firehose', 10, 100] as const],
    ]);
  });

  test('follow the batch sizes, not the order in which they were asked for', () => {
    const facts = createRepeatedFacts(2);
    const reversed = { ...facts, trials: facts.trials.toReversed() };

    expect(computeReport(reversed).comparisons.filter(({ service }) => service === 'sqs')).toEqual(
      computeReport(facts).comparisons.filter(({ service }) => service === 'sqs'),
    );
  });

  test('are empty where nothing was repeated', () => {
    expect(computeReport(createReportFacts()).comparisons).toEqual([]);
  });

  test('leave out batch sizes of which fewer than two trials ended, and do not leap over them', () => {
    const facts = createRepeatedFacts(2);
    const trials = facts.trials.filter(({ result }) => result.trial.trialId !== 'sqs-b10-r2');

    expect(computeReport({ ...facts, trials }).comparisons.filter(({ service }) => service === 'sqs')).toEqual([]);
  });

  test('subtract the figures of the smaller batch size from those of the larger', () => {
    const report = computeReport(createRepeatedFacts(3));
    const comparison = report.comparisons.find(({ service, larger }) => isSqs10({ service, ...larger }));
    const p99Ms = (batchSize: number) => {
      const trials = createRepeatedFacts(3).trials.filter(
        ({ result: { trial } }) => trial.service === 'sqs' && trial.batchSize === batchSize,
      );
      const pooled = mergeLatencyCounts(trials.map(({ arrivals }) => arrivals.arrival));
      return computeQuantileMs(pooled, 0.99) ?? Number.NaN;
    };

    expect(comparison).toMatchObject({ smaller: { trials: 3 }, larger: { trials: 3 } });
    expect(comparison?.arrivalMs[0.99]?.difference).toBeCloseTo(p99Ms(10) - p99Ms(1), 1);
    expect(comparison?.perMillionUsd).toMatchObject({ verdict: 'cheaper' });
    expect(comparison?.arrivalMs[0.5]).toMatchObject({ verdict: 'slower' });
  });

  test.each([
    ['above all of the smaller', [10, 11, 12], [20, 21, 22], 'dearer', 'slower'],
    ['below all of the smaller', [20, 21, 22], [10, 11, 12], 'cheaper', 'faster'],
    ['among those of the smaller', [10, 15, 20], [11, 15, 19], 'no difference shown', 'no difference shown'],
    ['in part above those of the smaller', [10, 11, 13], [12, 13, 14], 'no difference shown', 'no difference shown'],
    ['the same as all of the smaller', [10, 10, 10], [10, 10, 10], 'no difference shown', 'no difference shown'],
    ['without spread, above', [10, 10, 10], [10.2, 10.2, 10.2], 'dearer', 'slower'],
    [
      'apart by the last digits of a sum',
      [0.3, 0.3],
      [0.1 + 0.2, 0.1 + 0.2],
      ...['no difference shown', 'no difference shown'],
    ],
  ])('judge figures of the larger batch size %s', (_where, smaller, larger, cost, latency) => {
    const [comparison] = computeComparisons([createResampled(1, smaller), createResampled(10, larger)]);

    expect(comparison?.perMillionUsd?.verdict).toBe(cost);
    expect(comparison?.arrivalMs[0.5]?.verdict).toBe(latency);
  });
});

/** A setting whose resamples came to these values, be it in milliseconds or in dollars. */
function createResampled(batchSize: number, values: readonly number[]): ResampledSetting {
  const replicates: Replicates = { trials: values.length, estimate: values[1] ?? Number.NaN, values };
  return {
    service: 'sqs',
    batchSize,
    trials: values.length,
    perMillionUsd: replicates,
    arrivalMs: { 0.5: replicates },
  };
}
