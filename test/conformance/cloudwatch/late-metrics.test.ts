// Rule: a minute of a metric shows some time after its end, minutes later.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/publishingMetrics.html

import { expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../../emulator/create-test-account.fixture.ts';

const MINUTE_MS = 60_000;

test('a minute of a metric is not there at its end, and is there four minutes later', async () => {
  const { call, pass, world } = createTestAccount();
  const metric = { namespace: 'N', metricName: 'M', dimensions: {} };
  world.metrics.record({ ...metric, value: 1, timeMs: START_MS });
  const countPoints = async () => {
    const { Datapoints } = await call('cloudwatch', 'GetMetricStatistics', {
      Namespace: 'N',
      MetricName: 'M',
      StartTime: START_MS / 1000,
      EndTime: START_MS / 1000 + 60,
      Period: 60,
      Statistics: ['Sum'],
    });
    return (Datapoints as unknown[]).length;
  };

  await pass(MINUTE_MS);
  expect(await countPoints()).toBe(0);
  await pass(4 * MINUTE_MS);
  expect(await countPoints()).toBe(1);
});
