// How many of Firehose's objects a run may leave. Their names do not tell what they hold, as consumers' do, so counter and tally read each of them.

import type { TrialEstimate } from './cost/estimate.ts';
import { SERVICE_TITLES } from './service.ts';
import type { Lane } from './trial.ts';

/**
 * Of a trial: what the counter gets through in little more than half of its 15 minutes. On its 512 MB, 0.29 of a vCPU, an object takes 3.5 ms: one
 * millisecond of a whole vCPU is assumed, TLS included; `npm run bench:arrivals` measures 0.52 ms without.
 */
const TRIAL_OBJECTS_MAX = 150_000;
/** Of all trials, which one tally reads: on its whole vCPU an object takes 2 ms, as 16 are read at a time and 30 ms each are assumed. */
const LANE_OBJECTS_MAX = 250_000;

/** What is too much, in words, with the way out; undefined when all can be read. */
export function describeUnreadable(lanes: readonly Lane[], estimates: readonly TrialEstimate[]): string | undefined {
  const objectsOf = new Map(estimates.map(({ trialId, objects }) => [trialId, objects]));
  const trials = lanes
    .filter(({ service }) => service === 'firehose')
    .flatMap((lane) => lane.trials.map((trial) => ({ ...trial, objects: objectsOf.get(trial.trialId) ?? 0 })));
  const [largest] = trials.toSorted((a, b) => b.objects - a.objects);
  const objects = trials.reduce((sum, trial) => sum + trial.objects, 0);
  if (!largest) return undefined;
  const title = SERVICE_TITLES.firehose;
  if (largest.objects > TRIAL_OBJECTS_MAX) {
    return `${title} would write about ${format(largest.objects)} objects at batch size ${format(largest.batchSize)}, and no more than ${format(TRIAL_OBJECTS_MAX)} of a trial can be read within a function's 15 minutes; use fewer ticks or messagesPerTick, or a larger batch size`;
  }
  if (objects > LANE_OBJECTS_MAX) {
    return `${title} would write about ${format(objects)} objects in all trials, and no more than ${format(LANE_OBJECTS_MAX)} can be read within a function's 15 minutes; use fewer ticks, messagesPerTick or repetitions, or larger batch sizes`;
  }
  return undefined;
}

function format(count: number): string {
  return count.toLocaleString('en');
}
