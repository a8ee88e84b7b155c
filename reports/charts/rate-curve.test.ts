import { describe, expect, test } from 'vitest';
import { MONTH_SECONDS } from '../compute-projection.ts';
import { computeReport } from '../compute-report.ts';
import { createReportFacts } from '../report-facts.fixture.ts';
import { computePerMillionUsd } from './rate-curve.ts';

const { projection } = computeReport(createReportFacts());

describe('computePerMillionUsd', () => {
  test('gives at every projected rate what the report does', () => {
    const differences = projection.settings.flatMap((setting) =>
      setting.rates.map(({ messagesPerSecond, perMonthUsd }) => {
        const reportedUsd = (perMonthUsd * 1_000_000) / (messagesPerSecond * MONTH_SECONDS);
        return Math.abs(computePerMillionUsd(setting, messagesPerSecond) / reportedUsd - 1);
      }),
    );

    expect(differences).toHaveLength(72);
    expect(Math.max(...differences)).toBeLessThan(1e-9);
  });

  test('gives both services the same cost where the report says that they break even', () => {
    const costs = projection.breakEvens.map(({ batchSize, messagesPerSecond, cheaperBelow, cheaperAbove }) =>
      [cheaperBelow, cheaperAbove].map((service) => {
        const setting = projection.settings.find((one) => one.batchSize === batchSize && one.service === service);
        return setting ? computePerMillionUsd(setting, messagesPerSecond) : Number.NaN;
      }),
    );

    expect(costs.length).toBeGreaterThan(5);
    for (const [below = 0, above = 0] of costs) expect(above / below).toBeCloseTo(1, 2);
  });
});
