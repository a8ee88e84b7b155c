import { describe, expect, test } from 'vitest';
import { computeBatchSteps } from './compute-batch-steps.ts';
import { computeReport } from './compute-report.ts';
import { computeInvocationsMultiple, computePerDoubling, renderBatchSteps } from './render-batch-steps.ts';
import { createReportFacts } from './report-facts.fixture.ts';

const { settings } = computeReport(createReportFacts());

function stepsOf(service: string) {
  return computeBatchSteps(settings).filter((step) => step.service === service);
}

describe('computeBatchSteps', () => {
  test('goes from each batch size of a service to the next, in ascending order whatever the order of the run', () => {
    const sizes = computeBatchSteps(settings.toReversed()).map(
      ({ service, from, to }) => `${service} ${from.batchSize} → ${to.batchSize}`,
    );

    expect(sizes).toHaveLength(8);
    expect(sizes.slice(0, 2)).toEqual(['eventbridge 1 → 10', 'eventbridge 10 → 100']);
  });

  test('splits the cost in what goes with invocations and what does not, and leaves nothing out', () => {
    for (const { service, from } of computeBatchSteps(settings)) {
      const setting = settings.find((one) => one.service === service && one.batchSize === from.batchSize);

      expect(from.consumerPerMillionUsd + from.feesPerMillionUsd).toBeCloseTo(
        setting?.cost.perMillionUsd ?? Number.NaN,
        9,
      );
    }
  });

  test('finds what batching cannot shrink: the fees of a stream', () => {
    const [step] = stepsOf('kinesis');

    expect(step?.to.feesPerMillionUsd).toBeCloseTo(step?.from.feesPerMillionUsd ?? Number.NaN, 9);
  });

  test('leaves out a setting in which nothing arrived', () => {
    const without = settings.map((setting) =>
      setting.service === 'sqs' && setting.batchSize === 10 ? { ...setting, arrived: 0 } : setting,
    );

    const ofSqs = computeBatchSteps(without).filter(({ service }) => service === 'sqs');

    expect(ofSqs.map(({ from, to }) => [from.batchSize, to.batchSize])).toEqual([[1, 100]]);
  });

  test('has none where each service had one batch size', () => {
    const single = computeBatchSteps(settings.filter(({ batchSize }) => batchSize === 10));

    expect(single).toEqual([]);
    expect(renderBatchSteps(single)).toBe('No service had two batch sizes to compare.');
  });
});

test('a multiple of nothing is a dash', () => {
  const end = { invocationsPerMillion: 1, consumerPerMillionUsd: 1, feesPerMillionUsd: 0 };

  const table = renderBatchSteps([
    { service: 'eventbridge', from: { ...end, batchSize: 1 }, to: { ...end, batchSize: 2 } },
  ]);

  expect(table).toMatch(/\| +– \|/);
  expect(table).not.toMatch(/NaN|Infinity|∞/);
});

describe('what a doubling does', () => {
  test.each([
    [1, 2, 1000, 500, 0.5],
    [1, 8, 1000, 125, 0.5],
    [10, 20, 1000, 1000, 1],
    [1, 4, 1000, 490, 0.7],
  ])('from batch size %i to %i, with %i invocations become %i, is × %d', (fromSize, toSize, before, after, factor) => {
    const rest = { consumerPerMillionUsd: 1, feesPerMillionUsd: 1 };
    const step = {
      service: 'sqs',
      from: { batchSize: fromSize, invocationsPerMillion: before, ...rest },
      to: { batchSize: toSize, invocationsPerMillion: after, ...rest },
    } as const;

    expect(computeInvocationsMultiple(step)).toBeCloseTo(after / before, 12);
    expect(computePerDoubling(step)).toBeCloseTo(factor, 12);
  });
});
