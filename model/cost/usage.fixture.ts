// What a trial used, for tests.

import type { TrialUsage } from './trial-cost.ts';

/** Of SQS: a thousand messages of 400 bytes in a hundred invocations of 50 ms, over a minute. `change` replaces parts of it. */
export function createUsage(change: Partial<TrialUsage> = {}): TrialUsage {
  return {
    service: 'sqs',
    windowSeconds: 2,
    loadMs: 60_000,
    publish: { sent: 1000, billedUnits: 1000, bytes: 400_000 },
    invocations: 100,
    durationMs: 5000,
    initMs: 0,
    invocationSizes: [{ messages: 10, invocations: 100 }],
    objects: 100,
    emptyReceivesPerSecond: 0,
    ...change,
  };
}
