import { describe, expect, test } from 'vitest';
import { sumCostUsd } from '../model/cost/line-item.ts';
import { computeProjection, MONTH_SECONDS, PROJECTED_RATES } from './compute-projection.ts';
import { computeReport } from './compute-report.ts';
import { createReportFacts } from './report-facts.fixture.ts';
import type { SettingReport } from './report-json.ts';

const CONTEXT = { region: 'us-east-1', loadSeconds: 60 };
const { settings } = computeReport(createReportFacts());
const projection = computeProjection(settings, CONTEXT);

function projectionOf(service: SettingReport['service'], batchSize: number) {
  const found = projection.settings.find((setting) => setting.service === service && setting.batchSize === batchSize);
  if (!found) throw new Error(`no projection of ${service} at ${batchSize}`);
  return found;
}

describe('the projection', () => {
  test('has every setting at every rate', () => {
    expect(projection.settings).toHaveLength(settings.length);
    for (const { rates } of projection.settings) {
      expect(rates.map(({ messagesPerSecond }) => messagesPerSecond)).toEqual(PROJECTED_RATES);
    }
  });

  test('is the run’s own cost at the run’s own rate, where nothing is billed by the hour', () => {
    for (const setting of settings.filter(({ service }) => service === 'eventbridge' || service === 'firehose')) {
      const { perMessageUsd, rates } = projectionOf(setting.service, setting.batchSize);

      expect(perMessageUsd).toBeCloseTo(sumCostUsd(setting.cost.items) / setting.arrived, 15);
      expect(rates[0]?.perMonthUsd).toBeCloseTo(perMessageUsd * MONTH_SECONDS, 9);
      expect(rates[2]?.perMonthUsd).toBeCloseTo((rates[0]?.perMonthUsd ?? 0) * 100, 6);
    }
  });

  test.each([
    [1, 1],
    [1000, 1],
    [10_000, 10],
    [100_000, 100],
  ])('gives Kinesis at large batches for %i messages/s %i shards, at $0.015 an hour', (rate, shards) => {
    const { perMessageUsd, rates } = projectionOf('kinesis', 100);
    const projected = rates.find(({ messagesPerSecond }) => messagesPerSecond === rate);

    expect(projected?.shards).toBe(shards);
    expect(projected?.perMonthUsd).toBeCloseTo(perMessageUsd * rate * MONTH_SECONDS + shards * 0.015 * 730, 6);
  });

  test('gives Kinesis a shard for each batch that is handled at once', () => {
    const setting = settings.find(({ service, batchSize }) => service === 'kinesis' && batchSize === 1);
    if (!setting) throw new Error('no Kinesis');
    const slow = { ...setting, durationMs: setting.invocations * 500 };

    const rates = computeProjection([slow], CONTEXT).settings[0]?.rates ?? [];

    expect(rates.map(({ shards }) => shards)).toEqual([1, 5, 50, 500, 5000, 50_000]);
    expect(rates[4]?.limits).not.toContainEqual(expect.objectContaining({ quota: 'shards' }));
    expect(rates[5]?.limits).toContainEqual({ quota: 'shards', value: 50_000, max: 20_000 });
  });

  test('takes concurrency by Little’s law', () => {
    const setting = settings.find(({ service, batchSize }) => service === 'sqs' && batchSize === 10);
    const meanSeconds = (setting?.durationMs ?? 0) / (setting?.invocations ?? 1) / 1000;

    expect(projectionOf('sqs', 10).rates[3]?.concurrency).toBeCloseTo((1000 / 6) * meanSeconds, 9);
  });

  test('says which default quotas a rate reaches', () => {
    const limitsOf = (service: SettingReport['service'], batchSize: number, index: number) =>
      projectionOf(service, batchSize).rates[index]?.limits;

    expect(limitsOf('eventbridge', 1, 3)).toEqual([]);
    expect(limitsOf('eventbridge', 1, 5)).toContainEqual({ quota: 'PutEvents calls/s', value: 100_000, max: 10_000 });
    expect(limitsOf('firehose', 10, 5)).toContainEqual({ quota: 'put calls/s', value: 100_000, max: 2000 });
    expect(limitsOf('sqs', 1, 5)).toContainEqual({
      quota: 'concurrent invocations of one event source mapping',
      value: 4275,
      max: 1250,
    });
  });

  test('counts the requests that store arrivals, the parts of Firehose’s uploads among them', () => {
    const putsOf = (service: SettingReport['service'], index: number) =>
      projectionOf(service, 1).rates[index]?.limits.find(({ quota }) => quota.startsWith('S3'))?.value;

    expect(putsOf('sqs', 3)).toBeUndefined();
    expect(putsOf('sqs', 4)).toBe(10_000);
    // Two messages an object, and three requests for each.
    expect(putsOf('firehose', 4)).toBe(15_000);
  });

  test('counts SQS’s messages in flight: those that are handled, and a batch that fills for each of five pollers', () => {
    const setting = settings.find(({ service, batchSize }) => service === 'sqs' && batchSize === 10);
    if (!setting) throw new Error('no SQS');
    const slow = { ...setting, durationMs: setting.invocations * 2000 };

    const limits = computeProjection([slow], CONTEXT).settings[0]?.rates[5]?.limits;

    expect(limits).toContainEqual({ quota: 'messages in flight', value: 200_000 + 5 * 6, max: 120_000 });
  });

  test('finds rates at which two services at one batch size cost the same', () => {
    expect(projection.breakEvens.length).toBeGreaterThan(0);
    for (const { batchSize, messagesPerSecond, cheaperBelow, cheaperAbove } of projection.breakEvens) {
      const [below, above] = [projectionOf(cheaperBelow, batchSize), projectionOf(cheaperAbove, batchSize)];
      const differenceAt = (rate: number) => {
        const at = (service: SettingReport['service']) => {
          const setting = settings.find((one) => one.service === service && one.batchSize === batchSize);
          return setting ? costAt(setting, rate) : Number.NaN;
        };
        return at(below.service) - at(above.service);
      };

      expect(differenceAt(messagesPerSecond * 0.999)).toBeLessThan(0);
      expect(differenceAt(messagesPerSecond * 1.001)).toBeGreaterThan(0);
    }
  });

  test('takes the month’s free allowances off, which matter at a message a second and not at ten thousand', () => {
    for (const { service, batchSize, rates } of projection.settings) {
      for (const { messagesPerSecond, perMonthUsd, perMonthAfterFreeTierUsd } of rates) {
        const saved = 1 - perMonthAfterFreeTierUsd / perMonthUsd;
        expect(saved, `${service} ${batchSize} at ${messagesPerSecond}/s`).toBeGreaterThan(0);
        if (messagesPerSecond >= 10_000) expect(saved).toBeLessThan(0.01);
      }
    }
    const [slow] = projectionOf('sqs', 10).rates;
    expect(1 - (slow?.perMonthAfterFreeTierUsd ?? 0) / (slow?.perMonthUsd ?? 0)).toBeGreaterThan(0.15);
  });

  test('takes off no more than the allowances are worth', () => {
    // A million requests and 400,000 GB-seconds of Lambda, a million requests of SQS, 5 GB of logs.
    const worthUsd = 0.2 + 400_000 * 0.0000133334 + 0.4 + 2.5;
    const savedUsd = projection.settings.flatMap(({ rates }) =>
      rates.map(({ perMonthUsd, perMonthAfterFreeTierUsd }) => perMonthUsd - perMonthAfterFreeTierUsd),
    );

    for (const usd of savedUsd) expect(usd).toBeLessThan(worthUsd + 1e-6);
    expect(Math.max(...savedUsd)).toBeCloseTo(worthUsd, 6);
  });

  test('leaves out what nothing arrived of', () => {
    const [first] = settings;
    if (!first) throw new Error('no setting');

    expect(computeProjection([{ ...first, arrived: 0 }], CONTEXT).settings).toEqual([]);
  });
});

/** The bill of a second at that rate, made anew from the items: shards one by one, all else as in the run. */
function costAt(setting: SettingReport, messagesPerSecond: number): number {
  const variableUsd = sumCostUsd(setting.cost.items.filter(({ category }) => category !== 'fixed')) / setting.arrived;
  const fixedUsd = sumCostUsd(setting.cost.items.filter(({ category }) => category === 'fixed')) / CONTEXT.loadSeconds;
  if (setting.service !== 'kinesis') return variableUsd * messagesPerSecond + fixedUsd;
  const busy = (messagesPerSecond * setting.durationMs) / setting.arrived / 1000;
  const bytesPerSecond = (messagesPerSecond * setting.publish.bytes) / setting.sent;
  const shards = Math.max(1, Math.ceil(messagesPerSecond / 1000), Math.ceil(bytesPerSecond / 1e6), Math.ceil(busy));
  return variableUsd * messagesPerSecond + (shards * 0.015) / 3600;
}
