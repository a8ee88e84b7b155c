// Rule: a new metric is listed within 15 minutes, later than its data can be read; the list goes by pages of 500.
// Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';

const MINUTE_MS = 60_000;

function createMetrics() {
  const account = createTestAccount();
  const put = (names: readonly string[], dimensions: Record<string, string> = {}, Namespace = 'Mine') =>
    account.call('cloudwatch', 'PutMetricData', {
      Namespace,
      MetricData: names.map((MetricName) => ({
        MetricName,
        Value: 1,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      })),
    });
  const list = async (input: object = {}) => {
    const { Metrics, NextToken } = await account.call('cloudwatch', 'ListMetrics', input);
    return { names: (Metrics as { MetricName: string }[]).map(({ MetricName }) => MetricName), NextToken };
  };
  return { ...account, put, list };
}

describe('listMetrics', () => {
  test('has a new metric after a while, within 15 minutes', async () => {
    const { put, list, pass } = createMetrics();
    await put(['M']);

    expect((await list()).names).toEqual([]);
    await pass(15 * MINUTE_MS);
    expect((await list()).names).toEqual(['M']);
  });

  test('chooses by namespace, name and dimensions', async () => {
    const { put, list, pass } = createMetrics();
    await put(['a'], { D: 'x', E: 'y' });
    await put(['b'], { D: 'z' });
    await put(['b'], {}, 'Other');
    await pass(15 * MINUTE_MS);

    expect((await list({ Namespace: 'Mine' })).names).toEqual(['a', 'b']);
    expect((await list({ MetricName: 'b' })).names).toEqual(['b', 'b']);
    expect((await list({ Dimensions: [{ Name: 'D' }] })).names).toEqual(['a', 'b']);
    expect((await list({ Dimensions: [{ Name: 'D', Value: 'x' }, { Name: 'E' }] })).names).toEqual(['a']);
  });

  test('leaves out what had no data for three hours, where asked to, and for two weeks', async () => {
    const { put, list, pass } = createMetrics();
    await put(['M']);

    await pass(4 * 60 * MINUTE_MS);
    expect((await list({ RecentlyActive: 'PT3H' })).names).toEqual([]);
    expect((await list()).names).toEqual(['M']);
    await pass(14 * 86_400_000);
    expect((await list()).names).toEqual([]);
  });

  test('gives 500 at a time', async () => {
    const { put, list, pass } = createMetrics();
    await put(Array.from({ length: 501 }, (_, index) => `m${index}`));
    await pass(15 * MINUTE_MS);

    const first = await list();
    const second = await list({ NextToken: first.NextToken });

    expect(first.names).toHaveLength(500);
    expect(second).toEqual({ names: ['m500'], NextToken: undefined });
    await expect(list({ NextToken: 'x' })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });

  test('has the metrics of a function, by function, by resource and across the account', async () => {
    const { createFunction, call, pass } = createMetrics();
    createFunction('exports.handler = async () => 1;');
    await call('lambda', 'Invoke', { FunctionName: 'tested' });
    await pass(15 * MINUTE_MS);

    const { Metrics } = await call('cloudwatch', 'ListMetrics', { Namespace: 'AWS/Lambda', MetricName: 'Invocations' });

    expect((Metrics as { Dimensions: unknown }[]).map(({ Dimensions }) => Dimensions)).toEqual([
      [{ Name: 'FunctionName', Value: 'tested' }],
      [
        { Name: 'FunctionName', Value: 'tested' },
        { Name: 'Resource', Value: 'tested' },
      ],
      [],
    ]);
  });
});
