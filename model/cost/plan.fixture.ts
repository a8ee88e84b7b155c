// A plan of a trial or a few, for tests.

import type { ResolvedInput } from '../input.ts';
import type { Plan, Trial } from '../trial.ts';

export type Planned = Pick<Plan, 'lanes' | 'input'>;

/** Each trial in a lane of its own; by default SQS at batch size 10. `change` replaces parts of the input. */
export function createPlan(trials: readonly Partial<Trial>[], change: Partial<ResolvedInput> = {}): Planned {
  const input: ResolvedInput = {
    batchSizes: [10],
    services: ['sqs'],
    ticks: 6,
    tickSeconds: 10,
    messagesPerTick: 50,
    arrivals: 'steady',
    publishBatchSize: 1,
    payloadBytes: 0,
    maximumBatchingWindowSeconds: 'fill',
    endpointLookup: 'ssm',
    repetitions: 1,
    costLimitUsd: 1,
    drainTimeoutSeconds: 300,
    ...change,
  };
  const complete = trials.map(
    (trial, index): Trial => ({
      trialId: `t${index}`,
      service: 'sqs',
      batchSize: 10,
      repetition: 1,
      messages: input.ticks * input.messagesPerTick,
      windowSeconds: 10,
      mechanism: '',
      ...trial,
    }),
  );
  return { input, lanes: complete.map((trial) => ({ service: trial.service, trials: [trial] })) };
}
