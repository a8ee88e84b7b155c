// Rule: statistics and percentiles of one metric come by period from the start time on, at most 1,440 of them.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html

import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../../emulator/create-test-account.fixture.ts';

const MINUTE_MS = 60_000;
const START_SECONDS = START_MS / 1000;

/** Minutes 0 to 5 have their number plus one, as milliseconds. */
async function createMetric() {
  const account = createTestAccount();
  for (let minute = 0; minute < 6; minute++) {
    const timeMs = START_MS + minute * MINUTE_MS;
    account.world.metrics.record({
      namespace: 'N',
      metricName: 'M',
      dimensions: {},
      value: minute + 1,
      timeMs,
      unit: 'Milliseconds',
    });
  }
  await account.pass(3_600_000);
  return async (input: object = {}) => {
    const answer = await account.call('cloudwatch', 'GetMetricStatistics', {
      Namespace: 'N',
      MetricName: 'M',
      StartTime: START_SECONDS,
      EndTime: START_SECONDS + 360,
      Period: 60,
      ...input,
    });
    return answer.Datapoints as { Timestamp: number; Sum?: number; ExtendedStatistics?: Record<string, number> }[];
  };
}

describe('getMetricStatistics', () => {
  test('adds minutes up to periods that begin with the start time', async () => {
    const get = await createMetric();

    const points = await get({ StartTime: START_SECONDS + 90, Period: 120, Statistics: ['Sum'] });

    expect(points).toEqual([
      { Timestamp: START_SECONDS + 60, Sum: 5, Unit: 'Milliseconds' },
      { Timestamp: START_SECONDS + 180, Sum: 9, Unit: 'Milliseconds' },
      { Timestamp: START_SECONDS + 300, Sum: 6, Unit: 'Milliseconds' },
    ]);
  });

  test('gives percentiles', async () => {
    const get = await createMetric();

    const [point] = await get({ Period: 360, ExtendedStatistics: ['p50', 'p100'] });

    expect(point?.ExtendedStatistics).toEqual({ p50: 3.5, p100: 6 });
  });

  test('gives nothing of another unit', async () => {
    const get = await createMetric();

    expect(await get({ Statistics: ['Sum'], Unit: 'Seconds' })).toEqual([]);
    expect(await get({ Statistics: ['Sum'], Unit: 'Milliseconds' })).toHaveLength(6);
  });

  test.each([
    [1440, true],
    [1441, false],
  ])('gives %i data points: %s', async (count, isTaken) => {
    const get = await createMetric();

    const outcome = await get({ Statistics: ['Sum'], EndTime: START_SECONDS + count * 60 }).catch(
      (error: unknown) => error,
    );

    if (isTaken) expect(outcome).toHaveLength(6);
    else {
      expect(outcome).toMatchObject({
        code: 'InvalidParameterCombinationException',
        message:
          'You have requested up to 1,441 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
      });
    }
  });

  test.each([
    ['neither kind of statistics', {}, 'MissingRequiredParameterException'],
    [
      'both kinds of statistics',
      { Statistics: ['Sum'], ExtendedStatistics: ['p1'] },
      'InvalidParameterCombinationException',
    ],
    ['an end that is the start', { Statistics: ['Sum'], EndTime: START_SECONDS }, 'InvalidParameterValueException'],
    ['a period of 90 s', { Statistics: ['Sum'], Period: 90 }, 'InvalidParameterValueException'],
  ])('refuses %s', async (_what, input, code) => {
    const get = await createMetric();

    await expect(get(input)).rejects.toMatchObject({ code });
  });

  test('refuses a trimmed mean by name', async () => {
    const get = await createMetric();

    await expect(get({ ExtendedStatistics: ['tm90'] })).rejects.toMatchObject({ name: 'UnsupportedFeatureError' });
  });
});
