import { describe, expect, test } from 'vitest';
import { computeReconciliation } from './compute-reconciliation.ts';
import type { BookCheck, BookName } from './reconciliation-json.ts';
import { changeTrial, createReportFacts } from './report-facts.fixture.ts';
import type { TrialFacts } from './report-facts.ts';

type Change = Parameters<typeof changeTrial>[2];

const TRIALS = {
  eventbridge: 'eventbridge-b10-r1',
  sqs: 'sqs-b10-r1',
  kinesis: 'kinesis-b10-r1',
  firehose: 'firehose-b10-r1',
} as const;

function createTrial(trialId: string, change: Change = {}): TrialFacts {
  const { trials } = changeTrial(createReportFacts(), trialId, change);
  const facts = trials.find(({ result }) => result.trial.trialId === trialId);
  if (!facts) throw new Error(`the fixture has no trial ${trialId}`);
  return facts;
}

function findCheck(book: BookName, ...trials: TrialFacts[]): BookCheck {
  const check = computeReconciliation(trials).checks.find((candidate) => candidate.book === book);
  if (!check) throw new Error(`there is no book ${book}`);
  return check;
}

describe('the books of a trial in which nothing went wrong', () => {
  test.each([
    ['eventbridge', ['published']],
    ['sqs', ['published', 'received', 'deleted']],
    ['kinesis', ['published', 'bytes']],
    ['firehose', ['published', 'bytes']],
  ] as const)('of %s are its own and those of the service, and agree', (service, ofService) => {
    const { balances, checks } = computeReconciliation([createTrial(TRIALS[service])]);

    expect(balances).toBe(true);
    expect(checks.map(({ book }) => book)).toEqual([
      ...['publishing', 'arrivals', 'drain', 'lines', 'invocations'],
      ...ofService,
    ]);
    for (const { expected, found, difference, disagreements } of checks) {
      expect({ found, difference, disagreements }).toEqual({ found: expected, difference: 0, disagreements: [] });
      expect(expected).toBeGreaterThan(0);
    }
  });

  test('agree in duplicates, which are lines beyond the messages that arrived', () => {
    expect(findCheck('lines', createTrial(TRIALS.sqs, { arrivals: { lines: 305 } }))).toMatchObject({
      expected: 305,
      found: 305,
      disagreements: [],
    });
  });

  test('agree in loss, which is counted and no disagreement', () => {
    expect(computeReconciliation([createTrial(TRIALS.sqs, { arrivals: { arrived: 290, lines: 290 } })]).balances).toBe(
      true,
    );
  });
});

describe('a disagreement', () => {
  test.each<[BookName, keyof typeof TRIALS, Change, { expected: number; found: number }]>([
    ['publishing', 'sqs', { publish: { scheduled: 303 } }, { expected: 303, found: 300 }],
    ['arrivals', 'sqs', { publish: { sent: 298, gaveUp: 2 } }, { expected: 298, found: 300 }],
    ['drain', 'sqs', { result: { arrivedAtDrain: 301 } }, { expected: 301, found: 300 }],
    [
      'lines',
      'sqs',
      { arrivals: { invocationSizes: [{ messages: 6, invocations: 49 }] } },
      { expected: 300, found: 294 },
    ],
    ['invocations', 'sqs', { metrics: { invocations: 49 } }, { expected: 50, found: 49 }],
    ['invocations', 'sqs', { metrics: { invocations: 51 } }, { expected: 50, found: 51 }],
    ['published', 'eventbridge', { metrics: { serviceCounts: { entries: 29 } } }, { expected: 30, found: 29 }],
    ['published', 'sqs', { metrics: { serviceCounts: { entries: 302 } } }, { expected: 300, found: 302 }],
    ['published', 'kinesis', { metrics: { serviceCounts: { entries: 299 } } }, { expected: 300, found: 299 }],
    ['published', 'firehose', { metrics: { serviceCounts: { entries: 0 } } }, { expected: 300, found: 0 }],
    ['bytes', 'kinesis', { metrics: { serviceCounts: { bytes: 119_999 } } }, { expected: 120_000, found: 119_999 }],
    ['bytes', 'firehose', { metrics: { serviceCounts: { bytes: 120_001 } } }, { expected: 120_000, found: 120_001 }],
    ['received', 'sqs', { metrics: { serviceCounts: { received: 310 } } }, { expected: 300, found: 310 }],
    ['deleted', 'sqs', { metrics: { serviceCounts: { deleted: 299 } } }, { expected: 300, found: 299 }],
  ])('in %s of %s has its size and says what it means', (book, service, change, { expected, found }) => {
    const check = findCheck(book, createTrial(TRIALS[service], change));

    const difference = found - expected;
    expect(check).toMatchObject({ expected, found, difference });
    expect(check.disagreements).toMatchObject([{ trialId: TRIALS[service], expected, found, difference }]);
    expect(check.disagreements[0]?.meaning).not.toBe('');
  });

  test.each<[BookName, keyof typeof TRIALS, Change]>([
    ['published', 'eventbridge', { metrics: { serviceCounts: { entries: 29 } } }],
    ['published', 'sqs', { metrics: { serviceCounts: { entries: 302 } } }],
    ['published', 'firehose', { metrics: { serviceCounts: { entries: 299 } } }],
    ['bytes', 'kinesis', { metrics: { serviceCounts: { bytes: 1 } } }],
    ['received', 'sqs', { metrics: { serviceCounts: { received: 310 } } }],
    ['deleted', 'sqs', { metrics: { serviceCounts: { deleted: 299 } } }],
  ])('in %s of %s, which AWS itself calls inexact, leaves the books balanced', (book, service, change) => {
    const trial = createTrial(TRIALS[service], change);

    expect(findCheck(book, trial)).toMatchObject({
      kind: 'best-effort',
      source: expect.stringContaining('https://docs.aws'),
    });
    expect(computeReconciliation([trial]).balances).toBe(true);
  });

  test.each<[BookName, keyof typeof TRIALS, Change]>([
    ['publishing', 'sqs', { publish: { scheduled: 303 } }],
    ['arrivals', 'sqs', { publish: { sent: 298, gaveUp: 2 } }],
    ['drain', 'sqs', { result: { arrivedAtDrain: 301 } }],
    ['invocations', 'firehose', { metrics: { invocations: 51 } }],
    ['published', 'kinesis', { metrics: { serviceCounts: { entries: 299 } } }],
  ])('in %s of %s, which is exact, does not', (book, service, change) => {
    const trial = createTrial(TRIALS[service], change);

    expect(findCheck(book, trial).kind).toBe('exact');
    expect(computeReconciliation([trial]).balances).toBe(false);
  });

  test('in one trial is not made up for by another of the same setting', () => {
    const missing = createTrial(TRIALS.sqs, { metrics: { invocations: 49 } });
    const surplus = createTrial(TRIALS.sqs, { metrics: { invocations: 51 } });

    const check = findCheck('invocations', missing, surplus);

    expect(check).toMatchObject({ expected: 100, found: 100, difference: 0 });
    expect(check.disagreements.map(({ difference }) => difference)).toEqual([-1, 1]);
  });
});

describe('a tolerance', () => {
  test.each<[string, BookName, keyof typeof TRIALS, Change, boolean]>([
    ['invocations, up to the errors', 'invocations', 'sqs', { metrics: { invocations: 52, errors: 2 } }, true],
    ['invocations, beyond the errors', 'invocations', 'sqs', { metrics: { invocations: 53, errors: 2 } }, false],
    [
      'fewer invocations, whatever the errors',
      'invocations',
      'sqs',
      { metrics: { invocations: 49, errors: 2 } },
      false,
    ],
    [
      'records, up to those sent again or given up',
      'published',
      'kinesis',
      {
        publish: { retriedEntries: 2, gaveUp: 1, sent: 299, entries: 299 },
        metrics: { serviceCounts: { entries: 302 } },
      },
      true,
    ],
    [
      'records, beyond those sent again',
      'published',
      'kinesis',
      { publish: { retriedEntries: 2 }, metrics: { serviceCounts: { entries: 303 } } },
      false,
    ],
    ['bytes, up to the keys', 'bytes', 'kinesis', { metrics: { serviceCounts: { bytes: 120_900 } } }, true],
    ['bytes, beyond the keys', 'bytes', 'kinesis', { metrics: { serviceCounts: { bytes: 120_901 } } }, false],
    [
      'arrivals after the drain, up to those given up',
      'drain',
      'sqs',
      { publish: { sent: 298, gaveUp: 2 }, result: { arrivedAtDrain: 298, drainTimedOut: false } },
      true,
    ],
    ['arrivals after the drain, beyond', 'drain', 'sqs', { result: { arrivedAtDrain: 299 } }, false],
  ])('of %s', (_what, book, service, change, agrees) => {
    expect(findCheck(book, createTrial(TRIALS[service], change)).disagreements).toHaveLength(agrees ? 0 : 1);
  });
});

describe('the drain', () => {
  test('is not compared in a trial whose drain timed out: more may arrive later', () => {
    const { checks } = computeReconciliation([createTrial(TRIALS.sqs, { result: { drainTimedOut: true } })]);

    expect(checks.map(({ book }) => book)).not.toContain('drain');
  });
});
