import { describe, expect, test } from 'vitest';
import { sumCostUsd } from '../model/cost/line-item.ts';
import { countLatencies } from '../model/latency-counts.ts';
import { UnknownPriceError } from '../model/prices/price.ts';
import { NO_STRAYS } from '../model/tally.ts';
import { computeReport } from './compute-report.ts';
import { changeTrial, createReportFacts } from './report-facts.fixture.ts';
import type { ReportFacts } from './report-facts.ts';
import type { SettingReport } from './report-json.ts';

const TRIAL = 'sqs-b10-r1';

function findSetting(facts: ReportFacts): SettingReport {
  const setting = computeReport(facts).settings.find(({ service, batchSize }) => service === 'sqs' && batchSize === 10);
  if (!setting) throw new Error('the report has no SQS at batch size 10');
  return setting;
}

const withThresholds = (thresholds: ReportFacts['plan']['input']['thresholds']) => {
  const facts = createReportFacts();
  return { ...facts, plan: { ...facts.plan, input: { ...facts.plan.input, thresholds } } };
};

describe('computeReport', () => {
  test('has a row for each service and batch size, in the order of the plan', () => {
    const { settings } = computeReport(createReportFacts());

    expect(settings.map(({ service, batchSize }) => `${service} ${batchSize}`)).toEqual([
      ...['eventbridge 1', 'eventbridge 10', 'eventbridge 100'],
      ...['sqs 1', 'sqs 10', 'sqs 100'],
      ...['kinesis 1', 'kinesis 10', 'kinesis 100'],
      ...['firehose 1', 'firehose 10', 'firehose 100'],
    ]);
  });

  test('is good when everything arrived and balances', () => {
    const report = computeReport(createReportFacts());

    expect(report).toMatchObject({ schemaVersion: 3, verdict: 'good', problems: [] });
  });

  test('is the same bytes for the same facts', () => {
    const render = () => JSON.stringify(computeReport(createReportFacts()));

    expect(render()).toBe(render());
  });

  test('counts what was sent and did not arrive as lost, and what arrived again as duplicates', () => {
    const facts = changeTrial(createReportFacts(), TRIAL, { arrivals: { arrived: 290, lines: 305 } });

    expect(findSetting(facts)).toMatchObject({ sent: 300, arrived: 290, lost: 10, duplicates: 15 });
  });

  test('divides the cost by distinct messages, so that duplicates make them dearer', () => {
    const facts = changeTrial(createReportFacts(), TRIAL, { arrivals: { arrived: 150, lines: 300 } });

    const { cost } = findSetting(facts);

    expect(cost.perMillionUsd).toBeCloseTo((sumCostUsd(cost.items) / 150) * 1e6, 9);
  });

  test('achieves messages ÷ invocations, by CloudWatch', () => {
    expect(findSetting(createReportFacts()).achievedBatchSize).toBe(6);
  });

  test('pools repetitions: messages, costs and latencies', () => {
    const facts = createReportFacts();
    const repeated = facts.trials.flatMap((trial) => {
      if (trial.result.trial.trialId !== TRIAL) return [trial];
      const again = { ...trial.result, trial: { ...trial.result.trial, trialId: 'sqs-b10-r2', repetition: 2 } };
      return [trial, { ...trial, result: again }];
    });

    const once = findSetting(facts);
    const twice = findSetting({ ...facts, trials: repeated });

    expect(twice).toMatchObject({ trials: 2, sent: 600, arrived: 600, invocations: 100, achievedBatchSize: 6 });
    expect(twice.delivery).toMatchObject({ count: 600, maxMs: once.delivery.maxMs });
    expect(twice.cost.perMillionUsd).toBeCloseTo(once.cost.perMillionUsd ?? Number.NaN, 9);
    expect(twice.publish.messagesPerSecond).toBe(5);
  });

  test('gives no percentile that too few messages support', () => {
    const few = Array.from({ length: 99 }, (_, index) => index);
    const facts = changeTrial(createReportFacts(), TRIAL, {
      arrivals: { delivery: countLatencies(few), arrival: countLatencies(few.slice(0, 9)) },
    });

    const { delivery, arrival } = findSetting(facts);

    expect(delivery.quantilesMs[0.9]).toBeDefined();
    expect(delivery.quantilesMs[0.99]).toBeUndefined();
    expect(arrival.quantilesMs[0.9]).toBeUndefined();
  });

  test('counts latencies below zero and leaves them in', () => {
    const facts = changeTrial(createReportFacts(), TRIAL, { arrivals: { delivery: countLatencies([-3, -1, 0, 4]) } });

    expect(findSetting(facts)).toMatchObject({
      negative: { delivery: 2, arrival: 0 },
      delivery: { minMs: -3, maxMs: 4 },
    });
  });

  test('lists each price that it used once, with source and date', () => {
    const { prices, settings, harness } = computeReport(createReportFacts());

    const used = new Set(
      [...settings.flatMap(({ cost }) => cost.items), ...harness.items].map((item) => item.priceItem),
    );
    expect(prices.map(({ item }) => item)).toEqual([...used].sort());
    for (const { source, date } of prices) expect([source, date]).not.toContain('');
  });

  test('refuses a Region without confirmed prices', () => {
    const facts = createReportFacts({
      environment: { emulated: false, region: 'mars-north-1', accountId: '123456789012' },
    });

    expect(() => computeReport(facts)).toThrow(UnknownPriceError);
  });
});

describe('a run', () => {
  test.each<[string, ReportFacts, string]>([
    [
      'messages that were neither sent nor given up',
      changeTrial(createReportFacts(), TRIAL, { publish: { sent: 298 }, arrivals: { arrived: 298, lines: 298 } }),
      'SQS at batch size 10 does not reconcile: 298 messages sent or given up, against 300 scheduled: 2 fewer',
    ],
    [
      'more arrivals than messages sent',
      changeTrial(createReportFacts(), TRIAL, { arrivals: { arrived: 301, lines: 301 } }),
      'SQS at batch size 10 does not reconcile: 301 messages arrived or lost, against 300 sent: 1 more',
    ],
    [
      'fewer invocations than left a line',
      changeTrial(createReportFacts(), TRIAL, { metrics: { invocations: 49 } }),
      'SQS at batch size 10 does not reconcile: 49 invocations billed, by CloudWatch (Invocations), against 50 by request id in S3: 1 fewer',
    ],
    [
      'invocations that left no line without an error',
      changeTrial(createReportFacts(), TRIAL, { metrics: { invocations: 52, errors: 1 } }),
      'SQS at batch size 10 does not reconcile: 52 invocations billed, by CloudWatch (Invocations), against 50 by request id in S3: 2 more, of which 1 may be explained',
    ],
    [
      'lines of unknown origin',
      createReportFacts({ strays: { ...NO_STRAYS, unknown: 1 } }),
      "1 line under the run's prefix named a trial or a sequence that the plan does not have",
    ],
    [
      'lines that are no messages',
      createReportFacts({ strays: { ...NO_STRAYS, unreadable: 2 } }),
      "2 lines under the run's prefix could not be read as a message",
    ],
    [
      'folders of no planned trial',
      createReportFacts({ unknownTrials: ['trial=sqs-b7-r1'] }),
      "Under the run's prefix there are arrivals of no planned trial: trial=sqs-b7-r1",
    ],
  ])('is invalid by %s', (_what, facts, problem) => {
    expect(computeReport(facts)).toMatchObject({ verdict: 'invalid', problems: [problem] });
  });

  test('that does not reconcile is invalid whatever else it is, and says that first', () => {
    const facts = changeTrial(createReportFacts(), TRIAL, {
      arrivals: { arrived: 290, lines: 290 },
      metrics: { invocations: 49 },
    });

    const { verdict, problems } = computeReport(facts);

    expect(verdict).toBe('invalid');
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('does not reconcile');
    expect(problems[1]).toBe('SQS at batch size 10 lost 10 of 300 messages');
  });

  test('whose service counted otherwise by a metric that AWS calls inexact is good, and shows by how much', () => {
    const facts = changeTrial(createReportFacts(), TRIAL, {
      metrics: { serviceCounts: { entries: 301, received: 305, deleted: 298 } },
    });

    expect(computeReport(facts)).toMatchObject({ verdict: 'good', problems: [] });
    expect(findSetting(facts).reconciliation.balances).toBe(true);
  });
});

describe('problems', () => {
  test.each<[string, ReportFacts, string]>([
    [
      'loss',
      changeTrial(createReportFacts(), TRIAL, { arrivals: { arrived: 299, lines: 299 } }),
      'SQS at batch size 10 lost 1 of 300 messages',
    ],
    [
      'publishes given up',
      changeTrial(createReportFacts(), TRIAL, {
        publish: { sent: 298, gaveUp: 2 },
        arrivals: { arrived: 298, lines: 298 },
      }),
      'SQS at batch size 10: publishing 2 of 300 messages was given up',
    ],
    [
      'events of S3 that could not be collected',
      createReportFacts({
        collection: {
          objects: 0,
          events: 0,
          dropped: 0,
          receives: 0,
          complete: false,
          more: false,
          failure: { error: 'AccessDenied', cause: 'no such right.' },
        },
      }),
      "S3's events of the arrivals could not all be collected, and LastModified stands in for them: AccessDenied: no such right",
    ],
    [
      'arrivals that could not be counted',
      createReportFacts({
        trials: createReportFacts().trials.filter(({ result }) => result.trial.trialId !== TRIAL),
        untalliedTrials: [TRIAL],
        tallyFailures: [{ trialIds: [TRIAL], error: 'Lambda.Unknown', cause: 'Task timed out after 900.00 seconds.' }],
      }),
      'The arrivals of sqs-b10-r1 could not be counted: Lambda.Unknown: Task timed out after 900.00 seconds',
    ],
    [
      'a tally that left nothing, not even a reason',
      createReportFacts({
        trials: createReportFacts().trials.filter(({ result }) => result.trial.trialId !== TRIAL),
        untalliedTrials: [TRIAL],
      }),
      'The arrivals of sqs-b10-r1 were not counted, and nothing says why',
    ],
    [
      'a trial without a result in a lane that completed',
      createReportFacts({ trials: createReportFacts().trials.filter(({ result }) => result.trial.trialId !== TRIAL) }),
      'Trial sqs-b10-r1 left no result, though the lane of SQS completed',
    ],
    [
      'a cost above its threshold',
      withThresholds({ costPerMillionUsd: 8 }),
      'Data Firehose at batch size 1: a million messages cost $8.320, above the threshold of $8.000',
    ],
  ])('%s', (_what, facts, problem) => {
    expect(computeReport(facts)).toMatchObject({ verdict: 'failed', problems: [problem] });
  });

  test('a failed lane, with its cause, though not with the trials it did not get to', () => {
    const facts = createReportFacts();
    const report = computeReport({
      ...facts,
      trials: facts.trials.filter(({ result }) => result.trial.service !== 'sqs'),
      outcomes: facts.outcomes.map((outcome) =>
        outcome.service === 'sqs'
          ? { service: 'sqs', status: 'failed', error: 'WarmUpTimeoutError', cause: 'nothing arrived.' }
          : outcome,
      ),
    });

    expect(report.problems).toEqual(['The lane of SQS failed with WarmUpTimeoutError: nothing arrived']);
    expect(report.unfinishedTrials).toEqual(['sqs-b1-r1', 'sqs-b10-r1', 'sqs-b100-r1']);
  });

  test('an invocation that ended in an error may have left no line', () => {
    const facts = changeTrial(createReportFacts(), TRIAL, { metrics: { invocations: 51, errors: 1 } });

    expect(computeReport(facts).problems).toEqual([]);
  });

  test('an invocation after the window of CloudWatch is not missed there', () => {
    const facts = changeTrial(createReportFacts(), TRIAL, { arrivals: { requestIds: 51 } });

    expect(computeReport(facts).problems).toEqual([]);
  });

  test.each([
    [2, 0],
    [3, 0],
    [1, 1],
  ])('with a lostMessages threshold of %i, two lost messages are %i problems', (lostMessages, problems) => {
    const facts = changeTrial(withThresholds({ lostMessages }), TRIAL, { arrivals: { arrived: 298, lines: 298 } });

    expect(computeReport(facts).problems).toHaveLength(problems);
  });

  test('a p99 threshold is crossed by the settings above it', () => {
    const { problems } = computeReport(withThresholds({ p99ArrivalMs: 22_000 }));

    expect(problems).toEqual([
      'Data Firehose at batch size 100: arrival p99 was 22,822 ms, above the threshold of 22,000 ms',
    ]);
  });

  test('a p99 threshold that too few arrivals can judge is a problem, not a pass', () => {
    const few = Array.from({ length: 99 }, () => 1);
    const facts = changeTrial(withThresholds({ p99ArrivalMs: 1_000_000 }), TRIAL, {
      arrivals: { arrival: countLatencies(few) },
    });

    expect(computeReport(facts).problems).toEqual([
      'SQS at batch size 10: the threshold p99ArrivalMs cannot be judged by 99 arrivals; a p99 takes 100',
    ]);
  });
});

describe('headline', () => {
  test('names the cheapest and the fastest setting and what batching does to each service', () => {
    const { headline } = computeReport(createReportFacts());

    expect(headline).toHaveLength(7);
    expect(headline[0]).toMatch(/^Recommended: EventBridge at batch size 10, packed by the producer /);
    expect(headline[1]).toMatch(/^Cheapest: EventBridge at batch size 100, \$0\.074 per million messages/);
    expect(headline[2]).toMatch(/^Fastest: SQS at batch size 1, half of the messages in S3 within 500 ms/);
    expect(headline[4]).toMatch(/^SQS: batch size 100 instead of 1 saves 91 % \(\$6\.896 → \$0\.596 per million\)/);
  });

  test('says so when nothing arrived', () => {
    expect(computeReport(createReportFacts({ trials: [] })).headline).toEqual([
      'Nothing arrived, so there is nothing to compare.',
    ]);
  });

  test('compares no batch sizes where there is only one', () => {
    const facts = createReportFacts();
    const single = facts.trials.filter(({ result }) => result.trial.batchSize === 10);

    expect(computeReport({ ...facts, trials: single }).headline).toHaveLength(3);
  });
});
