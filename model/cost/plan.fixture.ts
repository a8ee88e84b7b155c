// A plan of a trial or a few, for tests.

import { parseInput, type ResolvedInput } from '../input.ts';
import type { Plan, Trial } from '../trial.ts';

export type Planned = Pick<Plan, 'lanes' | 'input'>;

/** Each trial in a lane of its own; by default SQS at batch size 10. `change` replaces parts of the input. */
export function createPlan(trials: readonly Partial<Trial>[], change: Partial<ResolvedInput> = {}): Planned {
  const input = { ...parseInput({ batchSizes: [10], services: ['sqs'] }), ...change };
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
