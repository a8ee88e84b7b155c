import { describe, expect, test } from 'vitest';
import type { SettingIntervals } from '../interval-json.ts';
import type { ReportJson } from '../report-json.ts';
import { changeSetting, createCost, createReport, leaveOut, withArrivalMs } from './change-report.fixture.ts';
import { computeComparison } from './compute-comparison.ts';
import { METRIC_NAMES, type MetricName } from './metrics.ts';

const SQS_10 = { service: 'sqs', batchSize: 10 } as const;

function findChange(before: ReportJson, after: ReportJson, name: MetricName) {
  const { settings } = computeComparison(before, after, []);
  const setting = settings.find(({ service, batchSize }) => service === 'sqs' && batchSize === 10);
  return setting?.metrics.find(({ metric }) => metric === name);
}

describe('computeComparison', () => {
  test('finds nothing between a report and itself', () => {
    const comparison = computeComparison(createReport(), createReport(), []);

    expect(comparison).toMatchObject({
      verdict: 'good',
      caveats: [],
      remarks: ['Both reports are of the same run'],
      onlyBefore: [],
      onlyAfter: [],
      rules: [],
    });
    expect(comparison.settings).toHaveLength(12);
    for (const { metrics } of comparison.settings) {
      expect(metrics.map(({ metric }) => metric)).toEqual(METRIC_NAMES);
      expect(metrics.every(({ trend = 'same' }) => trend === 'same')).toBe(true);
    }
  });

  test('gives each change in the unit of its metric and as a share of the value before', () => {
    const before = changeSetting(createReport(), SQS_10, { cost: createCost(2) });
    const after = changeSetting(createReport(), SQS_10, { cost: createCost(1.5) });

    expect(findChange(before, after, 'costPerMillionUsd')).toEqual({
      metric: 'costPerMillionUsd',
      before: 2,
      after: 1.5,
      change: -0.5,
      changeShare: -0.25,
      trend: 'better',
      intervals: { state: 'none' },
    });
  });

  test('gives no share of nothing', () => {
    const after = changeSetting(createReport(), SQS_10, { lost: 2 });

    const change = findChange(createReport(), after, 'lostMessages');

    expect(change).toMatchObject({ before: 0, after: 2, change: 2, trend: 'worse' });
    expect(change).not.toHaveProperty('changeShare');
  });

  test('has no change where one report has no value', () => {
    const after = changeSetting(createReport(), SQS_10, withArrivalMs({ 0.5: 900 }));

    const change = findChange(createReport(), after, 'p99ArrivalMs');

    expect(change).toEqual({ metric: 'p99ArrivalMs', before: expect.any(Number), intervals: { state: 'none' } });
  });

  test('counts invocations by 1,000 messages that arrived', () => {
    const before = changeSetting(createReport(), SQS_10, { invocations: 30, arrived: 300 });
    const after = changeSetting(createReport(), SQS_10, { invocations: 60, arrived: 400 });

    expect(findChange(before, after, 'invocationsPer1000Messages')).toMatchObject({ before: 100, after: 150 });
  });

  test('names the settings that are in one report only', () => {
    const before = leaveOut(createReport(), { service: 'kinesis', batchSize: 1 });
    const after = leaveOut(createReport(), SQS_10);

    const comparison = computeComparison(before, after, []);

    expect(comparison.onlyBefore).toEqual([SQS_10]);
    expect(comparison.onlyAfter).toEqual([{ service: 'kinesis', batchSize: 1 }]);
    expect(comparison.settings).toHaveLength(10);
  });
});

describe('intervals', () => {
  const report = (intervals: SettingIntervals | undefined) =>
    changeSetting(createReport(), SQS_10, intervals ? { intervals } : {});
  const arrival = (low: number, high: number) => report({ arrivalMs: { 0.99: { low, high } } });

  test.each([
    [10, 20, 21, 30, 'apart'],
    [10, 20, 20, 30, 'overlap'],
    [10, 20, 19, 30, 'overlap'],
    [10, 20, 12, 13, 'overlap'],
    [21, 30, 10, 20, 'apart'],
  ])('of %d to %d and %d to %d: %s', (lowBefore, highBefore, lowAfter, highAfter, state) => {
    expect(findChange(arrival(lowBefore, highBefore), arrival(lowAfter, highAfter), 'p99ArrivalMs')?.intervals).toEqual(
      { state, before: { low: lowBefore, high: highBefore }, after: { low: lowAfter, high: highAfter } },
    );
  });

  test('are compared for the cost, too', () => {
    const before = report({ arrivalMs: {}, perMillionUsd: { low: 1, high: 2 } });
    const after = report({ arrivalMs: {}, perMillionUsd: { low: 3, high: 4 } });

    expect(findChange(before, after, 'costPerMillionUsd')?.intervals.state).toBe('apart');
  });

  test.each([
    ['either report', undefined, undefined],
    ['the first report', undefined, { arrivalMs: { 0.99: { low: 1, high: 2 } } }],
    ['the second report', { arrivalMs: { 0.99: { low: 1, high: 2 } } }, { arrivalMs: {} }],
  ] as const)('are none where %s has none', (_case, before, after) => {
    expect(findChange(report(before), report(after), 'p99ArrivalMs')?.intervals).toEqual({ state: 'none' });
  });
});

describe('two runs are not comparable as they stand', () => {
  const report = createReport();

  test.each<[string, Partial<ReportJson>, string]>([
    [
      'one was emulated and the other was not',
      { environment: { emulated: false, region: 'us-east-1', accountId: '123456789012' } },
      'The run was emulated before, and is on AWS after',
    ],
    [
      'their regions differ',
      { environment: { ...report.environment, region: 'eu-west-2' } },
      'The region was us-east-1 before, and is eu-west-2 after',
    ],
    [
      'their load differs',
      { input: { ...report.input, messagesPerTick: 100 } },
      'Input messagesPerTick was 50 before, and is 100 after',
    ],
    [
      'their windows differ',
      { input: { ...report.input, maximumBatchingWindowSeconds: 5 } },
      'Input maximumBatchingWindowSeconds was "fill" before, and is 5 after',
    ],
    [
      'a price has changed',
      {
        prices: report.prices.map((price) =>
          price.item === 's3.put' ? { ...price, unitPriceUsd: 0.000006, quote: '6 per 1,000,000' } : price,
        ),
      },
      'The price of s3.put was $0.005 per 1,000 before, and is $6 per 1,000,000 after',
    ],
    [
      'one is not good',
      { verdict: 'failed', problems: ['SQS at batch size 10 lost 3 of 300 messages', 'so did\nKinesis'] },
      'The run after is not good: SQS at batch size 10 lost 3 of 300 messages, and 1 more problem',
    ],
  ])('when %s', (_case, change, caveat) => {
    expect(
      computeComparison(report, createReport({ startedAt: '2026-11-24T00:00:00.000Z', ...change }), []),
    ).toMatchObject({
      caveats: [caveat],
      remarks: [],
    });
  });

  test('but what moves no figure is a mere remark', () => {
    const after = createReport({
      runId: 'other',
      environment: { emulated: true, seed: 2, region: 'us-east-1', accountId: '000000000000' },
      input: { ...report.input, batchSizes: [1, 10], label: 'smaller', costLimitUsd: 2 },
    });

    expect(computeComparison(report, after, [])).toMatchObject({
      caveats: [],
      remarks: [
        'The seed was 1 before, and is 2 after',
        'Input batchSizes was [1,10,100] before, and is [1,10] after',
        'Input costLimitUsd was 1 before, and is 2 after',
        'Input label was not given before, and is "smaller" after',
      ],
    });
  });
});
