import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInput, type ResolvedInput } from './input.ts';
import { computePlan } from './plan.ts';
import { computePublishMs, computeTickEntries, type ScheduledEntry } from './schedule.ts';
import type { Service } from './service.ts';
import type { Trial } from './trial.ts';

const START_MS = 1_800_000_000_000;

function createTrial(service: Service, change: Record<string, unknown> = {}): { trial: Trial; input: ResolvedInput } {
  const input = parseInput({ services: [service], batchSizes: [1], costLimitUsd: 1e9, ...change });
  const [trial] = computePlan({ input, runId: 'run', startedAtMs: 0, region: 'us-east-1' }).lanes[0]?.trials ?? [];
  if (!trial) throw new Error('the plan has no trial');
  return { trial, input };
}

function computeEntries(request: { trial: Trial; input: ResolvedInput }): ScheduledEntry[][] {
  return Array.from({ length: request.input.ticks }, (_, tick) =>
    computeTickEntries({ ...request, tick, startMs: START_MS }),
  );
}

const loads = fc.record({
  ticks: fc.integer({ min: 1, max: 8 }),
  tickSeconds: fc.integer({ min: 1, max: 15 }),
  messagesPerTick: fc.integer({ min: 1, max: 60 }),
  arrivals: fc.constantFrom('steady', 'poisson', 'burst'),
});

describe('computeTickEntries', () => {
  test.each<[string, number[]]>([
    ['steady', [0, 2250, 4500, 6750]],
    ['burst', [0, 0, 0, 0]],
  ])('spreads %s arrivals over a tick but its last second', (arrivals, offsetsMs) => {
    const request = createTrial('sqs', { arrivals, messagesPerTick: 4 });

    const entries = computeTickEntries({ ...request, tick: 2, startMs: START_MS });

    expect(entries.map(({ dueMs }) => dueMs - START_MS - 20_000)).toEqual(offsetsMs);
    expect(entries.map(({ messages }) => messages)).toEqual(
      offsetsMs.map((offsetMs, index) => [{ sequence: 8 + index, scheduledAtMs: START_MS + 20_000 + offsetMs }]),
    );
  });

  test('spreads poisson arrivals differently in every tick and trial, and the same way every time', () => {
    const request = createTrial('sqs', { arrivals: 'poisson' });
    const other = createTrial('kinesis', { arrivals: 'poisson' });
    const offsetsOf = (entries: ScheduledEntry[], tick: number) =>
      entries.map(({ dueMs }) => dueMs - START_MS - tick * 10_000).join();

    const ticks = computeEntries(request).map(offsetsOf);

    expect(computeEntries(request).map(offsetsOf)).toEqual(ticks);
    expect(new Set([...ticks, ...computeEntries(other).map(offsetsOf)]).size).toBe(12);
  });

  test('draws poisson arrivals evenly: a hundred thousand lie in each tenth of the tick as often', () => {
    const request = createTrial('sqs', { arrivals: 'poisson', messagesPerTick: 10_000, ticks: 10 });
    const tenths = Array.from({ length: 10 }, () => 0);

    for (const { dueMs } of computeEntries(request).flat()) {
      const tenth = Math.floor(((dueMs - START_MS) % 10_000) / 900);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }

    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test.each<Service>(['eventbridge', 'sqs', 'kinesis', 'firehose'])(
    'publishes every message of %s once, in the tick in which it is due, with the hand-over left free',
    (service) => {
      fc.assert(
        fc.property(
          loads,
          fc.integer({ min: 1, max: 80 }),
          fc.oneof(fc.constant('fill'), fc.integer({ min: 1, max: 30 })),
          (load, batchSize, maximumBatchingWindowSeconds) => {
            const request = createTrial(service, { ...load, batchSizes: [batchSize], maximumBatchingWindowSeconds });
            const ticks = computeEntries(request);

            const sequences = ticks.flat().flatMap(({ messages }) => messages.map(({ sequence }) => sequence));
            expect(sequences).toEqual(Array.from({ length: load.ticks * load.messagesPerTick }, (_, index) => index));
            for (const [tick, entries] of ticks.entries()) {
              const tickMs = START_MS + tick * load.tickSeconds * 1000;
              for (const { dueMs, messages } of entries) {
                expect(dueMs).toBeGreaterThanOrEqual(tickMs);
                expect(dueMs).toBeLessThanOrEqual(tickMs + computePublishMs(load.tickSeconds));
                for (const { scheduledAtMs } of messages) expect(scheduledAtMs).toBeLessThanOrEqual(dueMs);
              }
            }
          },
        ),
      );
    },
  );

  test('packs no event beyond its size or its window', () => {
    fc.assert(
      fc.property(
        loads,
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 0, max: 30 }),
        (load, batchSize, window) => {
          const fields = { ...load, batchSizes: [batchSize], maximumBatchingWindowSeconds: window };

          for (const { dueMs, messages } of computeEntries(createTrial('eventbridge', fields)).flat()) {
            expect(messages.length).toBeLessThanOrEqual(batchSize);
            expect(dueMs - (messages[0]?.scheduledAtMs ?? 0)).toBeLessThanOrEqual(window * 1000);
          }
        },
      ),
    );
  });
});

describe('an event of several messages', () => {
  test('goes out with its last message when it is full, also across ticks', () => {
    const request = createTrial('eventbridge', { batchSizes: [75] });

    const ticks = computeEntries(request);

    // 300 messages, 50 a tick: the 75th is number 25 of the second tick.
    expect(ticks.map((entries) => entries.map(({ messages }) => messages.length))).toEqual([
      [],
      [75],
      [75],
      [],
      [75],
      [75],
    ]);
    const [first] = ticks[1] ?? [];
    expect(first?.dueMs).toBe(first?.messages.at(-1)?.scheduledAtMs);
  });

  test('goes out when its window ends before it is full', () => {
    const request = createTrial('eventbridge', { batchSizes: [50], maximumBatchingWindowSeconds: 2 });

    const [entries = []] = computeEntries(request);

    expect(entries.slice(0, 2).map(({ dueMs }) => dueMs - START_MS)).toEqual([2000, 4160]);
    // One every 180 ms: at 0 to 1980 ms.
    expect(entries[0]?.messages).toHaveLength(12);
  });

  test('goes out at the end of the last tick when it is still waiting then', () => {
    const request = createTrial('eventbridge', { batchSizes: [299] });

    const last = computeEntries(request).at(-1)?.at(-1);

    expect(last?.messages.map(({ sequence }) => sequence)).toEqual([299]);
    expect(last?.dueMs).toBe(START_MS + 50_000 + computePublishMs(10));
  });

  test('holds only messages of one instant when the window is zero', () => {
    const fields = { batchSizes: [100], maximumBatchingWindowSeconds: 0, ticks: 2 };
    const countMessages = (arrivals: string) =>
      computeEntries(createTrial('eventbridge', { ...fields, arrivals })).map((entries) =>
        entries.map(({ messages }) => messages.length),
      );

    expect(countMessages('burst')).toEqual([[50], [50]]);
    expect(countMessages('steady').flat()).toEqual(Array.from({ length: 100 }, () => 1));
  });
});

describe('computePublishMs', () => {
  test.each([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [59, 58_000],
  ])('of a tick of %d s are %d ms', (tickSeconds, publishMs) => {
    expect(computePublishMs(tickSeconds)).toBe(publishMs);
  });
});
