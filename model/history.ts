// History events that a lane's execution writes. The counts are those of statemachines/README.md, which a test of the
// state machine holds against an emulated execution.

import { computeBufferSeconds } from './duration.ts';
import type { ResolvedInput } from './input.ts';
import type { Service } from './service.ts';
import type { Lane } from './trial.ts';

const EVENTS_PER_LANE = 12;
/** The defaults restored at the lane's end. */
const EVENTS_PER_RESTORATION: Readonly<Record<Service, number>> = { eventbridge: 0, sqs: 5, kinesis: 5, firehose: 10 };
const EVENTS_PER_TRIAL = 20;
/** The update of the setting; Firehose's version is read before. */
const EVENTS_PER_UPDATE: Readonly<Record<Service, number>> = { eventbridge: 0, sqs: 5, kinesis: 5, firehose: 12 };
const EVENTS_PER_LOOK = 11;
const EVENTS_PER_TICK = 9;
const EVENTS_PER_COUNT = 9;
/** Looks at a changed setting until it is in force, ten seconds apart: one minute, two for Firehose. Assumed. */
const LOOKS: Readonly<Record<Service, number>> = { eventbridge: 0, sqs: 6, kinesis: 6, firehose: 12 };
/** Pause between two counts of arrivals. */
const COUNT_SECONDS = 10;
/** What a service may take on top of its batching window; Lambda alone may add 20 s at low traffic. Assumed. */
const DELIVERY_SECONDS = 30;

/**
 * The most that a lane writes when nothing is lost and nothing retried. A trial that loses messages counts on until its
 * drain times out; a lane that outgrows its history then fails alone, and the report says so.
 */
export function computeHistoryEvents(input: ResolvedInput, { service, trials }: Lane): number {
  const perTrial = EVENTS_PER_TRIAL + EVENTS_PER_UPDATE[service] + LOOKS[service] * EVENTS_PER_LOOK;
  return trials.reduce((sum, trial) => {
    const countsPerDrain = 1 + Math.ceil((computeBufferSeconds(trial) + DELIVERY_SECONDS) / COUNT_SECONDS);
    // Warm-up and drain.
    const counts = 2 * countsPerDrain;
    return sum + perTrial + input.ticks * EVENTS_PER_TICK + counts * EVENTS_PER_COUNT;
  }, EVENTS_PER_LANE + EVENTS_PER_RESTORATION[service]);
}
