// Rule: statistics of several metrics come by period, the newest first, up to 500 queries and by pages of data points.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html

import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../../emulator/create-test-account.fixture.ts';

const MINUTE_MS = 60_000;
const START_SECONDS = START_MS / 1000;

interface Result {
  readonly Id: string;
  readonly Label: string;
  readonly Timestamps: readonly number[];
  readonly Values: readonly number[];
  readonly StatusCode: string;
}

const createQuery = (options: { Id?: string; Stat?: string; Period?: number; MetricName?: string } = {}) => {
  const { Id = 'q', Stat = 'Sum', Period = 60, MetricName = 'M' } = options;
  return {
    Id,
    MetricStat: { Metric: { Namespace: 'N', MetricName, Dimensions: [{ Name: 'D', Value: 'd' }] }, Period, Stat },
  };
};

/** Minutes 0, 1 and 3 have data, all of which shows. */
async function createMetrics() {
  const account = createTestAccount();
  for (const [minute, value] of [
    [0, 1],
    [0, 5],
    [1, 2],
    [3, 8],
  ] as const) {
    const timeMs = START_MS + minute * MINUTE_MS;
    account.world.metrics.record({ namespace: 'N', metricName: 'M', dimensions: { D: 'd' }, value, timeMs });
  }
  await account.pass(3_600_000);
  const get = async (queries: readonly object[], input: object = {}) => {
    const answer = await account.call('cloudwatch', 'GetMetricData', {
      MetricDataQueries: queries,
      StartTime: START_SECONDS,
      EndTime: START_SECONDS + 600,
      ScanBy: 'TimestampAscending',
      ...input,
    });
    return { ...answer, results: answer.MetricDataResults as Result[], token: answer.NextToken };
  };
  return { ...account, get };
}

describe('getMetricData', () => {
  test.each([
    ['Sum', [6, 2, 8]],
    ['SampleCount', [2, 1, 1]],
    ['Average', [3, 2, 8]],
    ['Minimum', [1, 2, 8]],
    ['Maximum', [5, 2, 8]],
    ['p50', [3, 2, 8]],
    ['p25', [2, 2, 8]],
  ])('gives the %s of each minute that has data', async (Stat, values) => {
    const { get } = await createMetrics();

    const { results } = await get([createQuery({ Stat })]);

    expect(results).toEqual([
      {
        Id: 'q',
        Label: 'M',
        Timestamps: [0, 60, 180].map((seconds) => START_SECONDS + seconds),
        Values: values,
        StatusCode: 'Complete',
      },
    ]);
  });

  test('merges minutes into longer periods', async () => {
    const { get } = await createMetrics();

    const { results } = await get([createQuery({ Stat: 'Average', Period: 120 })]);

    expect(results[0]?.Values).toEqual([8 / 3, 8]);
    expect(results[0]?.Timestamps).toEqual([START_SECONDS, START_SECONDS + 120]);
  });

  test('gives the newest first unless told otherwise', async () => {
    const { get } = await createMetrics();

    const { results } = await get([createQuery()], { ScanBy: undefined });

    expect(results[0]?.Values).toEqual([8, 2, 6]);
  });

  test('takes StartTime down to its minute, and leaves out what begins at EndTime', async () => {
    const { get } = await createMetrics();

    const { results } = await get([createQuery()], { StartTime: START_SECONDS + 59, EndTime: START_SECONDS + 180 });

    expect(results[0]?.Values).toEqual([6, 2]);
  });

  test('gives a page at a time, and goes on as of the first page', async () => {
    const { get, world } = await createMetrics();
    const queries = [createQuery({ Id: 'a' }), createQuery({ Id: 'b', Stat: 'Maximum' })];

    const first = await get(queries, { MaxDatapoints: 4 });
    const timeMs = START_MS + 2 * MINUTE_MS;
    world.metrics.record({ namespace: 'N', metricName: 'M', dimensions: { D: 'd' }, value: 100, timeMs });
    await world.clock.runUntil(world.clock.now() + 3_600_000);
    const second = await get(queries, { MaxDatapoints: 4, NextToken: first.token });

    expect(first.results.map(({ Values, StatusCode }) => [Values, StatusCode])).toEqual([
      [[6, 2, 8], 'Complete'],
      [[5], 'PartialData'],
    ]);
    expect(second.results.map(({ Values, StatusCode }) => [Values, StatusCode])).toEqual([
      [[], 'Complete'],
      [[2, 8], 'Complete'],
    ]);
    expect(second.token).toBeUndefined();
  });

  test('labels as told, and leaves out what is not to be returned', async () => {
    const { get } = await createMetrics();
    const hidden = { ...createQuery({ Id: 'hidden' }), ReturnData: false };

    const { results } = await get([{ ...createQuery(), Label: 'mine' }, hidden]);

    expect(results.map(({ Id, Label }) => [Id, Label])).toEqual([['q', 'mine']]);
  });

  test.each([
    [1, true],
    [500, true],
    [501, false],
  ])('takes %i queries: %s', async (count, isTaken) => {
    const { get } = await createMetrics();
    const queries = Array.from({ length: count }, (_, index) => createQuery({ Id: `q${index}` }));

    const outcome = await get(queries).catch((error: unknown) => error);

    if (isTaken) expect(outcome).toMatchObject({ results: { length: count } });
    else expect(outcome).toMatchObject({ code: 'ValidationException' });
  });

  test.each([
    ['an id twice', [createQuery(), createQuery()], {}],
    ['an id in upper case', [createQuery({ Id: 'Q' })], {}],
    ['a period of 30 s', [createQuery({ Period: 30 })], {}],
    ['a period of 0 s', [createQuery({ Period: 0 })], {}],
    ['an end that is the start', [createQuery()], { EndTime: START_SECONDS }],
    ['nothing to return', [{ ...createQuery(), ReturnData: false }], {}],
  ])('refuses %s', async (_, queries, input) => {
    const { get } = await createMetrics();

    await expect(get(queries, input)).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test.each([
    ['an expression', { Id: 'e', Expression: 'SUM(METRICS())' }, {}, /parameter MetricDataQueries\.0\.Expression/],
    ['a trimmed mean', createQuery({ Stat: 'tm99' }), {}, /query q: Stat tm99/],
    ['a dynamic label', { ...createQuery(), Label: `\${MAX}` }, {}, /query q: a dynamic Label/],
    ['a start within a period', createQuery({ Period: 300 }), { StartTime: START_SECONDS + 60 }, /Period of 300 s/],
  ])('refuses by name %s', async (_, query, input, message) => {
    const { get } = await createMetrics();

    const error = await get([query], input).catch((caught: unknown) => caught);

    expect(error).toMatchObject({ name: 'UnsupportedFeatureError', message: expect.stringMatching(message) });
  });
});
