// The minutes of CloudWatch that are a trial's own.

import type { TrialResult } from './trial.ts';

export interface TrialWindow {
  /** Epoch milliseconds, on a whole minute. */
  readonly startMs: number;
  /** Exclusive; epoch milliseconds, on a whole minute. */
  readonly endMs: number;
}

const MINUTE_MS = 60_000;

/** From the trial's start to the end of the minute in which counting stopped. The next warm-up waits for a fresh minute. */
export function computeTrialWindow({ startMs, drainedMs }: Pick<TrialResult, 'startMs' | 'drainedMs'>): TrialWindow {
  return { startMs, endMs: (Math.floor(drainedMs / MINUTE_MS) + 1) * MINUTE_MS };
}
