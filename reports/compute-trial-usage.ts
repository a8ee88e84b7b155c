// What one trial used of everything that is billed, from what is known of it.

import type { TrialUsage } from '../model/cost/trial-cost.ts';
import type { ResolvedInput } from '../model/input.ts';
import type { TrialFacts } from './report-facts.ts';

export function computeTrialUsage({ result, arrivals, metrics }: TrialFacts, input: ResolvedInput): TrialUsage {
  return {
    service: result.trial.service,
    windowSeconds: result.trial.windowSeconds,
    loadMs: computeLoadMs(input),
    publish: result.publish,
    // An invocation that CloudWatch has not got is billed all the same.
    invocations: Math.max(metrics.invocations, arrivals.requestIds),
    durationMs: metrics.durationMs,
    initMs: arrivals.coldStarts.initMs,
    invocationSizes: arrivals.invocationSizes,
    objects: arrivals.objects,
    emptyReceivesPerSecond: (metrics.emptyReceives * 1000) / metrics.windowMs,
  };
}

/** The stretch of time that a trial's messages are published over. */
export function computeLoadMs({ ticks, tickSeconds }: ResolvedInput): number {
  return ticks * tickSeconds * 1000;
}
