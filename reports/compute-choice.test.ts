import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RatedSetting } from './choice-json.ts';
import { computeChoice, computeFront, P99_GOALS_MS } from './compute-choice.ts';
import { computeReport } from './compute-report.ts';
import { renderChoice, renderRecommendation } from './render-choice.ts';
import { createReportFacts } from './report-facts.fixture.ts';
import type { SettingReport } from './report-json.ts';

const [template] = computeReport(createReportFacts()).settings;

function createSetting(
  service: SettingReport['service'],
  batchSize: number,
  perMillionUsd: number | undefined,
  p99Ms: number | undefined,
): SettingReport {
  if (!template) throw new Error('the fixture has no setting');
  const { perMillionUsd: _unused, ...cost } = template.cost;
  return {
    ...template,
    service,
    batchSize,
    achievedBatchSize: batchSize,
    cost: perMillionUsd === undefined ? cost : { ...cost, perMillionUsd },
    arrival: p99Ms === undefined ? { count: 99, quantilesMs: {} } : { count: 300, quantilesMs: { 0.99: p99Ms } },
  };
}

const SETTINGS = [
  createSetting('sqs', 1, 7, 500),
  createSetting('sqs', 10, 1.02, 4000),
  createSetting('sqs', 100, 1, 60_000),
  createSetting('kinesis', 1, 6, 2000),
  createSetting('kinesis', 10, 1.5, 5000),
];

const candidates = fc.array(
  fc.record({
    service: fc.constant('sqs' as const),
    batchSize: fc.integer({ min: 1, max: 1000 }),
    perMillionUsd: fc.integer({ min: 1, max: 20 }),
    p99Ms: fc.integer({ min: 1, max: 20 }),
  }),
);

function isBeaten(candidate: RatedSetting, others: readonly RatedSetting[]): boolean {
  return others.some(
    (other) =>
      other.perMillionUsd <= candidate.perMillionUsd &&
      other.p99Ms <= candidate.p99Ms &&
      (other.perMillionUsd < candidate.perMillionUsd || other.p99Ms < candidate.p99Ms),
  );
}

describe('the Pareto front', () => {
  test('has what nothing beats, and nothing else, save equals', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const front = computeFront(all);
        const points = (settings: readonly RatedSetting[]) =>
          [...new Set(settings.map(({ perMillionUsd, p99Ms }) => `${perMillionUsd}/${p99Ms}`))].sort();

        expect(points(front)).toEqual(points(all.filter((candidate) => !isBeaten(candidate, all))));
        expect(front.length).toBe(points(front).length);
      }),
    );
  });

  test('goes from the cheapest to the fastest', () => {
    const { front } = computeChoice(SETTINGS, undefined);

    expect(front.map(({ service, batchSize }) => `${service} ${batchSize}`)).toEqual([
      'sqs 100',
      'sqs 10',
      'kinesis 1',
      'sqs 1',
    ]);
  });
});

describe('the choice', () => {
  test.each([
    [499, undefined],
    [500, ['sqs', 1]],
    [1999, ['sqs', 1]],
    [2000, ['kinesis', 1]],
    [4000, ['sqs', 10]],
    [60_000, ['sqs', 100]],
  ])('for a p99 of %i ms is the cheapest that meets it', (goalMs, expected) => {
    const { recommendation, isGoalGiven } = computeChoice(SETTINGS, { p99ArrivalMs: goalMs });

    expect(isGoalGiven).toBe(true);
    expect(recommendation.p99ArrivalMsMax).toBe(goalMs);
    expect(recommendation.setting && [recommendation.setting.service, recommendation.setting.batchSize]).toEqual(
      expected,
    );
  });

  test('lists the usual goals and the run’s own, each once, in order', () => {
    expect(computeChoice(SETTINGS, { p99ArrivalMs: 700 }).goals.map(({ p99ArrivalMsMax }) => p99ArrivalMsMax)).toEqual([
      500, 700, 1000, 5000, 30_000, 120_000,
    ]);
    expect(computeChoice(SETTINGS, { p99ArrivalMs: 1000 }).goals).toHaveLength(P99_GOALS_MS.length);
  });

  test('finds the smallest batch size within 5 % of a service’s least cost', () => {
    expect(computeChoice(SETTINGS, undefined).knees).toEqual([
      { service: 'sqs', batchSize: 10, perMillionUsd: 1.02, leastUsd: 1 },
      { service: 'kinesis', batchSize: 10, perMillionUsd: 1.5, leastUsd: 1.5 },
    ]);
  });

  test('leaves out what has no cost or no p99, and counts it', () => {
    const choice = computeChoice(
      [...SETTINGS, createSetting('firehose', 1, 0.1, undefined), createSetting('firehose', 10, undefined, 1)],
      undefined,
    );

    expect(choice.unjudged).toBe(2);
    expect(choice.front.every(({ service }) => service !== 'firehose')).toBe(true);
    expect(renderChoice(choice)).toContain('2 settings could not be judged');
  });
});

describe('the recommendation', () => {
  test('says what the fastest would cost', () => {
    expect(renderRecommendation(computeChoice(SETTINGS, undefined))).toBe(
      'Recommended: SQS at batch size 10 ($1.020 per million, p99 4,000 ms), the cheapest within 5 s; the fastest, SQS at batch size 1 ($7.000 per million, p99 500 ms), costs 6.9 times as much.',
    );
  });

  test('says so when the cheapest is the fastest', () => {
    expect(renderRecommendation(computeChoice([createSetting('sqs', 1, 1, 400)], { p99ArrivalMs: 500 }))).toBe(
      'Recommended: SQS at batch size 1 ($1.000 per million, p99 400 ms), the cheapest within 500 ms, the goal of this run; it is the fastest too.',
    );
  });

  test('names the fastest when none meets the goal', () => {
    expect(renderRecommendation(computeChoice(SETTINGS, { p99ArrivalMs: 100 }))).toBe(
      'No setting brings 99 % of its messages into S3 within 100 ms, the goal of this run; the fastest is SQS at batch size 1 ($7.000 per million, p99 500 ms).',
    );
  });

  test('is none where nothing can be judged', () => {
    expect(renderRecommendation(computeChoice([createSetting('sqs', 1, 1, undefined)], undefined))).toBe(
      'No setting can be recommended: a p99 takes 100 messages that arrived.',
    );
  });

  test('says that the producer packed, and how little of the batch was achieved', () => {
    const setting = { ...createSetting('eventbridge', 100, 1, 400), achievedBatchSize: 3.14 };

    expect(renderRecommendation(computeChoice([setting], undefined))).toMatch(
      /^Recommended: EventBridge at batch size 100, packed by the producer, of which 3.1 was achieved \(\$1.000/,
    );
  });
});

describe('a setting that lost messages', () => {
  const lossy = { ...createSetting('sqs', 1, 0.1, 100), lost: 2 };

  test('takes no part, and is named', () => {
    const choice = computeChoice([lossy, ...SETTINGS], undefined);

    expect(choice).toEqual({
      ...computeChoice(SETTINGS, undefined),
      lossy: [{ service: 'sqs', batchSize: 1, lost: 2 }],
    });
    expect(renderChoice(choice)).toContain('Not to be chosen, as messages were lost: SQS at batch size 1 (2 lost).');
  });

  test.each([
    ['each of them lost messages', [lossy]],
    [
      'those that lost none are too small, as a p99 takes 100 messages that arrived',
      [lossy, createSetting('sqs', 10, 1, undefined)],
    ],
  ])('is no reason to say more than that %s', (reason, settings) => {
    expect(renderRecommendation(computeChoice(settings, undefined))).toBe(`No setting can be recommended: ${reason}.`);
  });

  test.each([
    [1, 0],
    [2, 1],
    [3, 1],
  ])('may be chosen where the run tolerates as many: %i', (lostMessages, chosen) => {
    expect(computeChoice([lossy], { lostMessages }).front).toHaveLength(chosen);
  });
});
