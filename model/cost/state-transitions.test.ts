import { describe, expect, test } from 'vitest';
import type { Service } from '../service.ts';
import { computeStateTransitions } from './state-transitions.ts';

describe('computeStateTransitions', () => {
  const once = { ticks: 1, configureLooks: 1, warmUpCounts: 1, arrivalCounts: 1 };

  test.each<[Service, number]>([
    // 10 of the run, 1 of the tally, 4 of the lane, 6 of the trial, and 2 for each of tick, warm-up count and arrival count.
    ['eventbridge', 27],
    // A look of 4, the update and its restoration.
    ['sqs', 33],
    ['kinesis', 33],
    // Two more to read the version before the update, one more before the restoration.
    ['firehose', 36],
  ])('of the shortest %s run', (service, transitions) => {
    expect(computeStateTransitions([{ service, trials: [once] }])).toBe(transitions);
  });

  test.each([
    ['tick', { ticks: 2 }, 3],
    ['count of arrivals', { arrivalCounts: 2 }, 3],
    ['look at the setting', { configureLooks: 2 }, 4],
  ])('grows with another %s', (_what, change, more) => {
    const base = computeStateTransitions([{ service: 'sqs', trials: [once] }]);

    expect(computeStateTransitions([{ service: 'sqs', trials: [{ ...once, ...change }] }])).toBe(base + more);
  });
});
