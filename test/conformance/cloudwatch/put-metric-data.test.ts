// Rule: values of one's own, single, counted or added up, are kept by minute; what is out of the documented bounds is refused.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html

import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../../emulator/create-test-account.fixture.ts';

const START_SECONDS = START_MS / 1000;

function createMetrics() {
  const account = createTestAccount();
  const put = (MetricData: readonly object[], Namespace = 'Mine') =>
    account.call('cloudwatch', 'PutMetricData', { Namespace, MetricData });
  const read = async (input: object = {}) => {
    await account.pass(600_000);
    const { Datapoints } = await account.call('cloudwatch', 'GetMetricStatistics', {
      Namespace: 'Mine',
      MetricName: 'M',
      StartTime: START_SECONDS,
      EndTime: START_SECONDS + 600,
      Period: 60,
      Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
      ...input,
    });
    return Datapoints;
  };
  return { ...account, put, read };
}

describe('putMetricData', () => {
  test.each([
    ['a value', { Value: 4 }, { SampleCount: 1, Sum: 4, Average: 4, Minimum: 4, Maximum: 4 }],
    [
      'values and their counts',
      { Values: [1, 3], Counts: [3, 1] },
      { SampleCount: 4, Sum: 6, Average: 1.5, Minimum: 1, Maximum: 3 },
    ],
    ['values', { Values: [1, 3] }, { SampleCount: 2, Sum: 4, Average: 2, Minimum: 1, Maximum: 3 }],
    [
      'a statistic set',
      { StatisticValues: { SampleCount: 5, Sum: 10, Minimum: 1, Maximum: 4 } },
      { SampleCount: 5, Sum: 10, Average: 2, Minimum: 1, Maximum: 4 },
    ],
  ])('keeps %s', async (_what, datum, expected) => {
    const { put, read } = createMetrics();

    await put([{ MetricName: 'M', Unit: 'Seconds', ...datum }]);

    expect(await read()).toEqual([{ Timestamp: START_SECONDS, Unit: 'Seconds', ...expected }]);
  });

  test('keeps a datum in the minute of its timestamp', async () => {
    const { put, read } = createMetrics();

    await put([{ MetricName: 'M', Value: 1, Timestamp: START_SECONDS + 150 }]);

    expect(await read({ Statistics: ['Sum'] })).toEqual([{ Timestamp: START_SECONDS + 120, Sum: 1, Unit: 'None' }]);
  });

  test.each([
    ['AWS’s own namespaces', [{ MetricName: 'M', Value: 1 }], 'InvalidParameterValueException', 'AWS/Lambda'],
    ['no value', [{ MetricName: 'M' }], 'MissingRequiredParameterException'],
    ['two kinds of values', [{ MetricName: 'M', Value: 1, Values: [1] }], 'InvalidParameterCombinationException'],
    ['counts without values', [{ MetricName: 'M', Value: 1, Counts: [1] }], 'InvalidParameterCombinationException'],
    [
      'a timestamp two weeks old',
      [{ MetricName: 'M', Value: 1, Timestamp: START_SECONDS - 15 * 86_400 }],
      'InvalidParameterValueException',
    ],
    [
      'a timestamp three hours ahead',
      [{ MetricName: 'M', Value: 1, Timestamp: START_SECONDS + 3 * 3600 }],
      'InvalidParameterValueException',
    ],
    [
      '151 values',
      [{ MetricName: 'M', Values: Array.from({ length: 151 }, () => 1) }],
      'InvalidParameterValueException',
    ],
    [
      '1,001 metrics',
      Array.from({ length: 1001 }, () => ({ MetricName: 'M', Value: 1 })),
      'InvalidParameterValueException',
    ],
  ])('refuses %s', async (_what, data, code, namespace = 'Mine') => {
    const { put } = createMetrics();

    await expect(put(data, namespace)).rejects.toMatchObject({ code });
  });

  test.each([
    ['seconds', { StorageResolution: 1 }],
    ['a second unit', { Unit: 'Bytes' }],
  ])('refuses %s by name', async (_what, datum) => {
    const { put } = createMetrics();
    await put([{ MetricName: 'M', Value: 1 }]);

    await expect(put([{ MetricName: 'M', Value: 1, ...datum }])).rejects.toMatchObject({
      name: 'UnsupportedFeatureError',
    });
  });
});
