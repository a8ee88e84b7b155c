import { describe, expect, test } from 'vitest';
import { computeQuantileMs, createLatencyModel, LATENCIES, operationLatencyName } from './latency.ts';
import { createRandom } from './random.ts';

const DISTRIBUTION = { p10Ms: 10, p50Ms: 20, p90Ms: 50, p99Ms: 200, source: 'a test' };

describe('computeQuantileMs', () => {
  test.each([
    [0.1, 10],
    [0.5, 20],
    [0.9, 50],
    [0.99, 200],
  ])('meets the given percentile at %s', (probability, expectedMs) => {
    expect(computeQuantileMs(DISTRIBUTION, probability)).toBeCloseTo(expectedMs, 9);
  });

  test('never falls as the probability rises', () => {
    const values = Array.from({ length: 1001 }, (_, index) => computeQuantileMs(DISTRIBUTION, index / 1000));

    expect(values).toEqual([...values].sort((a, b) => a - b));
  });
});

describe('the latency model', () => {
  test('draws the distribution that it names', () => {
    const model = createLatencyModel((name) => createRandom(1, name));

    const draws = Array.from({ length: 10_000 }, () => model.sampleMs('hop.sqs-to-lambda')).sort((a, b) => a - b);

    expect(draws[5000]).toBeGreaterThan(LATENCIES['hop.sqs-to-lambda'].p50Ms * 0.95);
    expect(draws[5000]).toBeLessThan(LATENCIES['hop.sqs-to-lambda'].p50Ms * 1.05);
    expect(draws[9900]).toBeGreaterThan(LATENCIES['hop.sqs-to-lambda'].p99Ms * 0.85);
  });

  test('draws the same from the same seed, whatever others draw in between', () => {
    const alone = createLatencyModel((name) => createRandom(1, name));
    const mixed = createLatencyModel((name) => createRandom(1, name));

    const expected = [alone.sampleMs('api.s3'), alone.sampleMs('api.s3')];
    const first = mixed.sampleMs('api.s3');
    mixed.sampleMs('api.sqs');

    expect([first, mixed.sampleMs('api.s3')]).toEqual(expected);
  });

  test('has percentiles in order and a source for each of them', () => {
    for (const [name, { p10Ms, p50Ms, p90Ms, p99Ms, source }] of Object.entries(LATENCIES)) {
      expect([p10Ms, p50Ms, p90Ms, p99Ms], name).toEqual([p10Ms, p50Ms, p90Ms, p99Ms].sort((a, b) => a - b));
      expect(source.length, name).toBeGreaterThan(15);
    }
  });

  test("prefers an operation's own distribution to its service's", () => {
    expect(operationLatencyName('s3', 'PutObject')).toBe('api.s3.PutObject');
    expect(operationLatencyName('s3', 'GetObject')).toBe('api.s3');
    expect(() => operationLatencyName('sns', 'Publish')).toThrow('no latency is known for sns.Publish');
  });
});
