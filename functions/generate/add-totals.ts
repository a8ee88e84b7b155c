// Sums what ticks published.

import type { PublishTotals } from '../../model/trial.ts';

/** `before` is null in the first tick. */
export function addTotals(before: PublishTotals | null, tick: PublishTotals): PublishTotals {
  if (!before) return tick;
  return {
    scheduled: before.scheduled + tick.scheduled,
    sent: before.sent + tick.sent,
    gaveUp: before.gaveUp + tick.gaveUp,
    calls: before.calls + tick.calls,
    retriedEntries: before.retriedEntries + tick.retriedEntries,
    entries: before.entries + tick.entries,
    billedUnits: before.billedUnits + tick.billedUnits,
    bytes: before.bytes + tick.bytes,
    invocations: before.invocations + tick.invocations,
    generatorMs: before.generatorMs + tick.generatorMs,
    lateMsMax: Math.max(before.lateMsMax, tick.lateMsMax),
    endpointLookups: before.endpointLookups + tick.endpointLookups,
    endpointLookupMs: before.endpointLookupMs + tick.endpointLookupMs,
    // One new environment without the API is enough for a mixture; the shipped pool is then the honest answer.
    factSource: before.factSource === tick.factSource ? tick.factSource : 'shipped',
  };
}
