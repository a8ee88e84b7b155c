// The bill of one trial, from what is known of it.

import type { LineItem } from '../model/cost/line-item.ts';
import { computeTrialCost } from '../model/cost/trial-cost.ts';
import type { ResolvedInput } from '../model/input.ts';
import type { TrialFacts } from './report-facts.ts';

/**
 * At list price, in order of category.
 * @throws {UnknownPriceError}
 */
export function computeTrialBill(
  { result, arrivals, metrics }: TrialFacts,
  input: ResolvedInput,
  region: string,
): LineItem[] {
  return computeTrialCost(
    {
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
    },
    region,
  );
}

/** The stretch of time that a trial's messages are published over. */
export function computeLoadMs({ ticks, tickSeconds }: ResolvedInput): number {
  return ticks * tickSeconds * 1000;
}
