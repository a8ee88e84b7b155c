import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { computeDurationSeconds } from './duration.ts';
import { computeHistoryEvents } from './history.ts';
import { parseInput } from './input.ts';
import { computePlan } from './plan.ts';

const readme = readFileSync(join(import.meta.dirname, '..', 'statemachines', 'README.md'), 'utf8');

/** What statemachines/README.md says, which the state machine's own test holds against an emulated execution. */
function eventsOf(part: string): number {
  return Number(new RegExp(`^\\| ${part} \\| (\\d+)`, 'm').exec(readme)?.[1]);
}

function compute(rawInput: Record<string, unknown>, compute: typeof computeHistoryEvents): number {
  const input = parseInput({ services: ['firehose'], batchSizes: [1], ticks: 1, costLimitUsd: 1e6, ...rawInput });
  const [lane] = computePlan({ input, runId: 'run', startedAtMs: 0, region: 'us-east-1' }).lanes;
  return lane ? compute(input, lane) : Number.NaN;
}

describe('computeHistoryEvents', () => {
  const base = compute({}, computeHistoryEvents);

  test('of a Firehose trial is what the states write, with two minutes of looks and half a minute of counts', () => {
    const looks = 12 * eventsOf('each look whether the setting is in force');
    const counts = 2 * 4 * eventsOf('each count of warm-up messages or arrivals');

    expect(base).toBe(eventsOf('the lane') + eventsOf('each trial') + looks + counts + eventsOf('each tick'));
  });

  test('grows with each tick as the states do', () => {
    expect(compute({ ticks: 2 }, computeHistoryEvents) - base).toBe(eventsOf('each tick'));
  });

  test('grows with each trial by all but the frame of the lane', () => {
    expect(compute({ repetitions: 2 }, computeHistoryEvents) - base).toBe(base - eventsOf('the lane'));
  });

  test('grows with the window by the counts that are made meanwhile, warming up and draining, in both buffers', () => {
    const events = compute({ maximumBatchingWindowSeconds: 50 }, computeHistoryEvents) - base;

    expect(events).toBe(2 * 10 * eventsOf('each count of warm-up messages or arrivals'));
  });

  test.each([
    // No setting: neither looks nor an update of 12, nor a restoration of 10.
    ['eventbridge', 12 * 11 + 12 + 10],
    // Six looks fewer; an update of 5, and a restoration of 5.
    ['sqs', 6 * 11 + 7 + 5],
    ['kinesis', 6 * 11 + 7 + 5],
  ])('of a lane for %s is smaller by %d', (service, events) => {
    expect(base - compute({ services: [service] }, computeHistoryEvents)).toBe(events);
  });
});

describe('computeDurationSeconds', () => {
  const base = compute({}, computeDurationSeconds);

  test.each([
    ['a tick', { ticks: 2 }, 10],
    ['a longer tick', { tickSeconds: 20 }, 10],
    // Both buffers, warming up and draining.
    ['a window of 30 s', { maximumBatchingWindowSeconds: 30 }, 120],
  ])('grows with %s', (_what, rawInput, seconds) => {
    expect(compute(rawInput, computeDurationSeconds) - base).toBe(seconds);
  });

  test("leaves EventBridge's window out, which is within the load", () => {
    const duration = (maximumBatchingWindowSeconds: number) =>
      compute({ services: ['eventbridge'], maximumBatchingWindowSeconds }, computeDurationSeconds);

    expect(duration(30)).toBe(duration(0));
  });
});
