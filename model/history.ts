// History events that a lane's execution writes. The counts are those of statemachines/README.md, which a test of the
// state machine holds against an emulated execution.

import { computeBufferSeconds } from './duration.ts';
import type { ResolvedInput } from './input.ts';
import type { Lane } from './trial.ts';

const EVENTS_PER_LANE = 22;
const EVENTS_PER_TRIAL = 32;
const EVENTS_PER_TICK = 9;
const EVENTS_PER_LOOK = 11;
const EVENTS_PER_COUNT = 9;
/** Looks at a changed setting until it is in force, ten seconds apart: two minutes. Assumed. */
const LOOKS = 12;
/** Pause between two counts of arrivals. */
const COUNT_SECONDS = 10;
/** What a service may take on top of its batching window. Assumed. */
const DELIVERY_SECONDS = 60;

/** Expected, on the high side. A lane that needs more still fails alone, and the report says so. */
export function computeHistoryEvents(input: ResolvedInput, lane: Lane): number {
  return lane.trials.reduce((sum, trial) => {
    const countsPerDrain = 1 + Math.ceil((computeBufferSeconds(trial) + DELIVERY_SECONDS) / COUNT_SECONDS);
    // Warm-up and drain.
    const counts = 2 * countsPerDrain;
    return sum + EVENTS_PER_TRIAL + input.ticks * EVENTS_PER_TICK + LOOKS * EVENTS_PER_LOOK + counts * EVENTS_PER_COUNT;
  }, EVENTS_PER_LANE);
}
