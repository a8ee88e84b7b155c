import { describe, expect, test } from 'vitest';
import { changeSetting, createCost, createReport, leaveOut, withArrivalMs } from './change-report.fixture.ts';
import { computeComparison } from './compute-comparison.ts';
import { parseRules } from './parse-rules.ts';
import { renderComparisonMarkdown, renderComparisonSummary } from './render-comparison.ts';

const SQS_10 = { service: 'sqs', batchSize: 10 } as const;
const SQS_100 = { service: 'sqs', batchSize: 100 } as const;
const KINESIS_1 = { service: 'kinesis', batchSize: 1 } as const;

/** With everything that a comparison can have to say. */
function createEventfulComparison() {
  const report = createReport();
  let before = changeSetting(report, SQS_10, ({ arrival }) => ({
    arrival: { ...arrival, quantilesMs: { 0.5: 900, 0.9: 1000, 0.99: 1000 } },
    intervals: { arrivalMs: { 0.5: { low: 880, high: 920 }, 0.99: { low: 950, high: 1080 } } },
  }));
  before = changeSetting(before, KINESIS_1, { cost: createCost(1234.5) });
  let after = changeSetting(report, SQS_10, ({ arrival }) => ({
    lost: 3,
    arrival: { ...arrival, quantilesMs: { 0.5: 700, 0.9: 1000.4, 0.99: 1250 } },
    intervals: { arrivalMs: { 0.5: { low: 690, high: 710 }, 0.99: { low: 1050, high: 1400 } } },
  }));
  after = changeSetting(after, SQS_100, withArrivalMs({ 0.5: 111_111, 0.9: 222_222 }));
  after = changeSetting(after, KINESIS_1, { cost: createCost(2345.6) });
  after = leaveOut(after, { service: 'firehose', batchSize: 100 });
  return computeComparison(
    before,
    {
      ...after,
      runId: 'emulated-seed-2',
      environment: { emulated: true, seed: 2, region: 'us-east-1', accountId: '000000000000' },
      verdict: 'failed',
      problems: ['SQS at batch size 10 lost 3 of 300 messages'],
      input: { ...report.input, messagesPerTick: 100, label: 'twice the load' },
    },
    parseRules(['p99ArrivalMs>10%', 'lostMessages>0', 'costPerMillionUsd>100%', 'p50DeliveryMs>0']),
  );
}

describe('renderComparisonMarkdown', () => {
  test('renders a comparison with everything in it as in the committed snapshot', async () => {
    const markdown = renderComparisonMarkdown(createEventfulComparison());

    await expect(markdown).toMatchFileSnapshot('render-comparison.snapshot.md');
  });

  test('says nothing of rules where there are none, nor of differences', () => {
    const markdown = renderComparisonMarkdown(computeComparison(createReport(), createReport(), []));

    expect(markdown).not.toMatch(/Verdict|not comparable/);
    expect(markdown).toContain('Both reports are of the same run.');
    expect(markdown).toContain('No setting has an interval in both reports');
  });

  test('says that there is nothing to compare where no setting is in both', () => {
    const markdown = renderComparisonMarkdown(computeComparison(createReport(), createReport({ settings: [] }), []));

    expect(markdown).toContain('No setting is in both reports, so there is nothing to compare.');
    expect(markdown).toContain('Only before: EventBridge at batch size 1, ');
  });
});

describe('renderComparisonSummary', () => {
  const summary = renderComparisonSummary(createEventfulComparison());

  test('keeps to 150 columns', () => {
    expect(Math.max(...summary.split('\n').map((line) => line.length))).toBeLessThanOrEqual(150);
  });

  test('warns before the tables, and judges after them', () => {
    const places = ['not comparable as they stand', '| service', 'p99ArrivalMs>10% is crossed', 'Verdict: failed.'];

    expect(places.map((text) => summary.indexOf(text))).toEqual(
      places.map((text) => summary.indexOf(text)).toSorted((a, b) => a - b),
    );
    expect(places.every((text) => summary.includes(text))).toBe(true);
  });

  test('marks changes beyond chance, and those that are not', () => {
    expect(summary).toMatch(/\| SQS +\| +10 \|.* 900 → 700 \| -22 % ≠ \| +1,000 → 1,250 \| +\+25 % ≈ \|/);
  });
});
