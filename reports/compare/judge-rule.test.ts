import { describe, expect, test } from 'vitest';
import {
  changeSetting,
  createCost,
  createReport,
  leaveOut,
  type SettingChange,
  withArrivalMs,
} from './change-report.fixture.ts';
import { computeComparison } from './compute-comparison.ts';
import { judgeChange } from './judge-rule.ts';
import { parseRules } from './parse-rules.ts';

const SQS_10 = { service: 'sqs', batchSize: 10 } as const;

function judge(rule: string, before: ReturnType<typeof createReport>, after: ReturnType<typeof createReport>) {
  return computeComparison(before, after, parseRules([rule])).rules[0];
}

describe('a rule', () => {
  test.each([
    ['p99ArrivalMs>10%', 1000, 1099.9, false],
    ['p99ArrivalMs>10%', 1000, 1100, false],
    ['p99ArrivalMs>10%', 1000, 1100.1, true],
    ['p99ArrivalMs>=10%', 1000, 1099.9, false],
    ['p99ArrivalMs>=10%', 1000, 1100, true],
    ['p99ArrivalMs>=10%', 1000, 1100.1, true],
    ['p99ArrivalMs>250', 1000, 1249, false],
    ['p99ArrivalMs>250', 1000, 1250, false],
    ['p99ArrivalMs>250', 1000, 1251, true],
    ['p99ArrivalMs>10%', 1000, 500, false],
    // 1.1 - 1 is 0.10000000000000009.
    ['costPerMillionUsd>10%', 1, 1.1, false],
    ['costPerMillionUsd>=10%', 1, 1.1, true],
    ['costPerMillionUsd>0.1', 1, 1.1, false],
    ['costPerMillionUsd>=0.1', 0.7, 0.8, true],
    ['lostMessages>0', 0, 0, false],
    ['lostMessages>0', 0, 1, true],
    ['lostMessages>0', 3, 2, false],
    ['lostMessages>1', 0, 1, false],
    ['lostMessages>1', 0, 2, true],
    // Any share of nothing is nothing.
    ['lostMessages>50%', 0, 1, true],
    ['lostMessages>=50%', 0, 0, false],
    ['duplicateMessages>=0', 4, 4, false],
    // The one metric that gets worse by getting lower.
    ['achievedBatchSize>10%', 10, 9.1, false],
    ['achievedBatchSize>10%', 10, 9, false],
    ['achievedBatchSize>10%', 10, 8.9, true],
    ['achievedBatchSize>10%', 10, 20, false],
    // Clocks that disagree make a latency negative.
    ['p50DeliveryMs>10%', -10, -9.5, false],
    ['p50DeliveryMs>10%', -10, -8.9, true],
  ])('%s from %d to %d is crossed: %s', (text, before, after, expected) => {
    const [rule] = parseRules([text]);

    expect(rule && judgeChange(rule, { before, after })).toBe(expected);
  });

  test('names the settings at which it is crossed, with what they came to', () => {
    const before = changeSetting(createReport(), SQS_10, withArrivalMs({ 0.99: 1000 }));
    const after = changeSetting(createReport(), SQS_10, withArrivalMs({ 0.99: 1200 }));

    expect(judge('p99ArrivalMs>10%', before, after)).toMatchObject({
      state: 'crossed',
      judged: 12,
      crossed: [{ ...SQS_10, before: 1000, after: 1200, change: 200, changeShare: 0.2, trend: 'worse' }],
      unjudged: [],
    });
  });

  test('is held by two reports of one run', () => {
    expect(judge('p99ArrivalMs>0', createReport(), createReport())).toMatchObject({ state: 'held', judged: 12 });
  });

  test.each<[string, SettingChange, SettingChange]>([
    ['before', { cost: createCost() }, {}],
    ['after', {}, { cost: createCost() }],
    ['before and after', { cost: createCost() }, { cost: createCost() }],
  ])('is not held where the metric is missing %s', (sides, changeBefore, changeAfter) => {
    const before = changeSetting(createReport(), SQS_10, changeBefore);
    const after = changeSetting(createReport(), SQS_10, changeAfter);

    const comparison = computeComparison(before, after, parseRules(['costPerMillionUsd>10%']));

    expect(comparison).toMatchObject({
      verdict: 'failed',
      rules: [
        {
          state: 'unjudged',
          judged: 11,
          unjudged: [{ ...SQS_10, reason: `too few messages arrived for a costPerMillionUsd ${sides}` }],
        },
      ],
    });
  });

  test('is not held where a run planned a setting that it did not finish', () => {
    const partial = leaveOut(createReport(), SQS_10);

    expect(judge('p99ArrivalMs>10%', createReport(), partial)).toMatchObject({
      state: 'unjudged',
      unjudged: [{ ...SQS_10, reason: 'planned by both runs, it has no result in the one after' }],
    });
    expect(judge('p99ArrivalMs>10%', partial, createReport())).toMatchObject({
      state: 'unjudged',
      unjudged: [{ ...SQS_10, reason: 'planned by both runs, it has no result in the one before' }],
    });
  });

  test.each([
    ['invalid', 'good', 'the books of the run before do not balance'],
    ['good', 'invalid', 'the books of the run after do not balance'],
    ['invalid', 'invalid', 'the books of the run before and of that after do not balance'],
  ] as const)('is not held by runs that are %s and %s', (before, after, reason) => {
    const outcome = judge(
      'p99ArrivalMs>10%',
      { ...createReport(), verdict: before },
      { ...createReport(), verdict: after },
    );

    expect(outcome).toMatchObject({ state: 'unjudged', judged: 0, unjudged: { length: 12 } });
    expect(outcome?.unjudged[0]?.reason).toBe(reason);
  });

  test('is not held where neither run finished a setting that both planned', () => {
    const partial = leaveOut(createReport(), SQS_10);

    expect(judge('p99ArrivalMs>10%', partial, partial)).toMatchObject({
      state: 'unjudged',
      judged: 11,
      unjudged: [
        { ...SQS_10, reason: 'planned by both runs, it has no result in the one before and in the one after' },
      ],
    });
  });

  test('has no say in a setting that a run did not plan', () => {
    const report = createReport();
    const trials = report.plan.trials.filter(({ service, batchSize }) => service !== 'sqs' || batchSize !== 10);
    const narrower = { ...leaveOut(report, SQS_10), plan: { ...report.plan, trials } };

    expect(judge('p99ArrivalMs>10%', report, narrower)).toMatchObject({ state: 'held', judged: 11 });
  });

  test('is not held where no setting is in both reports', () => {
    const report = createReport();
    const nothing = { ...report, settings: [], plan: { ...report.plan, trials: [] } };

    expect(judge('p99ArrivalMs>10%', report, nothing)).toMatchObject({ state: 'unjudged', judged: 0, unjudged: [] });
  });
});
