import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { MetricStore } from './metric-store.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 0, 1);
const METRIC = { namespace: 'N', metricName: 'M', dimensions: { A: 'a', B: 'b' } };

/** A store of which each minute in turn has one of the delays. */
function createStore(delaysMs: readonly number[]) {
  const clock = new VirtualClock({ startMs: START_MS });
  let draws = 0;
  const store = new MetricStore(clock, {
    sampleMs: (name) => (name === 'cloudwatch.appearance' ? (delaysMs[draws++ % delaysMs.length] ?? 0) : 0),
  });
  const record = (value: number, afterMs: number) => store.record({ ...METRIC, value, timeMs: START_MS + afterMs });
  const readAt = (afterMs: number, metric = METRIC) =>
    store
      .read(metric, { startMs: START_MS, endMs: START_MS + 3_600_000, asOfMs: START_MS + afterMs })
      .map(({ startMs, statistics: { sum, sampleCount, minimum, maximum } }) => ({
        startMs,
        sum,
        sampleCount,
        minimum,
        maximum,
      }));
  return { clock, record, readAt };
}

describe('MetricStore', () => {
  test('keeps what a minute of a metric came to', () => {
    const { record, readAt } = createStore([0]);

    for (const value of [4, 1, 7]) record(value, 30_000);
    record(5, MINUTE_MS);

    expect(readAt(10 * MINUTE_MS)).toEqual([
      { startMs: START_MS, sum: 12, sampleCount: 3, minimum: 1, maximum: 7 },
      { startMs: START_MS + MINUTE_MS, sum: 5, sampleCount: 1, minimum: 5, maximum: 5 },
    ]);
  });

  test('tells metrics apart that share frozen dimensions, and takes what comes late to an earlier minute', () => {
    const store = new MetricStore(new VirtualClock({ startMs: START_MS }), { sampleMs: () => 0 });
    const dimensions = Object.freeze({ A: 'a' });
    const window = { startMs: START_MS, endMs: START_MS + 3_600_000, asOfMs: START_MS + 3_600_000 };
    const sums = (metric: object) =>
      store.read({ ...METRIC, dimensions: { A: 'a' }, ...metric }, window).map(({ sum }) => sum);

    for (const [value, metric, minute] of [
      [1, {}, 0],
      [2, { namespace: 'O' }, 0],
      [4, { metricName: 'L' }, 0],
      [8, {}, 1],
      [16, {}, 0],
    ] as const) {
      store.record({ ...METRIC, dimensions, ...metric, value, timeMs: START_MS + minute * MINUTE_MS });
    }

    expect([sums({}), sums({ namespace: 'O' }), sums({ metricName: 'L' })]).toEqual([[17, 8], [2], [4]]);
  });

  test('shows a minute once its delay has passed since its end, each with its own', () => {
    const { record, readAt } = createStore([45_000, 5_000]);
    record(1, 0);
    record(1, MINUTE_MS);

    const shown = (afterMs: number) => readAt(afterMs).map(({ startMs }) => (startMs - START_MS) / MINUTE_MS);

    expect(shown(MINUTE_MS + 44_999)).toEqual([]);
    expect(shown(MINUTE_MS + 45_000)).toEqual([0]);
    expect(shown(2 * MINUTE_MS + 4_999)).toEqual([0]);
    expect(shown(2 * MINUTE_MS + 5_000)).toEqual([0, 1]);
  });

  test('lets a datum that comes after its minute wait from when it came', async () => {
    const { clock, record, readAt } = createStore([45_000]);
    record(1, 0);
    await clock.runUntil(START_MS + 5 * MINUTE_MS);
    record(10, 59_000);

    const sumAt = (afterMs: number) => readAt(afterMs).map(({ sum }) => sum);

    expect(sumAt(5 * MINUTE_MS + 44_999)).toEqual([1]);
    expect(sumAt(5 * MINUTE_MS + 45_000)).toEqual([11]);
  });

  test('tells metrics apart by every dimension, in whatever order they come', () => {
    const { record, readAt } = createStore([0]);
    record(1, 0);

    expect(readAt(MINUTE_MS, { ...METRIC, dimensions: { B: 'b', A: 'a' } })).toHaveLength(1);
    expect(readAt(MINUTE_MS, { ...METRIC, dimensions: { A: 'a', B: 'other' } })).toEqual([]);
    expect(readAt(MINUTE_MS, { ...METRIC, metricName: 'Other' })).toEqual([]);
    expect(readAt(MINUTE_MS, { ...METRIC, namespace: 'Other' })).toEqual([]);
  });
});
