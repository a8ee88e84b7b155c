// How long a run is expected to take.

import type { ResolvedInput } from './input.ts';
import type { Lane, Trial } from './trial.ts';

/** Until a changed setting is in force. Assumed. */
const CONFIGURE_SECONDS = 30;
/** To the next whole minute, before the warm-up and before the first tick: half a minute on average each. */
const ALIGN_SECONDS = 60;
/** Delivery itself and the pause between two counts. Assumed. */
const COUNT_SECONDS = 10;
/** Plan, SettleMetrics and Report. */
export const FRAME_SECONDS = 190;

/** How long a message may lie in buffers before anything is late. Firehose has two, one after the other. */
export function computeBufferSeconds(trial: Trial): number {
  return trial.windowSeconds * (trial.service === 'firehose' ? 2 : 1);
}

/** Of the whole run, if this lane is its longest. */
export function computeDurationSeconds(input: ResolvedInput, lane: Lane): number {
  const loadSeconds = input.ticks * input.tickSeconds;
  return lane.trials.reduce((sum, trial) => {
    const configureSeconds = trial.service === 'eventbridge' ? 0 : CONFIGURE_SECONDS;
    // EventBridge's window is the generator's own: the last event goes out with the last tick.
    const drainSeconds = COUNT_SECONDS + (trial.service === 'eventbridge' ? 0 : computeBufferSeconds(trial));
    return sum + configureSeconds + ALIGN_SECONDS + loadSeconds + 2 * drainSeconds;
  }, FRAME_SECONDS);
}
