import type { MapState } from '../definition/definition.ts';
import { Payload } from '../expressions/payload.ts';
import { runMapRun } from '../map-runs/run-map-run.ts';
import { type Part, type PartEvents, runSideBySide } from './run-side-by-side.ts';
import { type Attempt, runWithRecovery } from './run-with-recovery.ts';
import { evaluateItems, selectItems } from './select-items.ts';
import { StateError } from './state-error.ts';
import type { Step, Visit } from './visit.ts';

/** Iterations at a time; 0 in a definition means as many as there may be. */
const INLINE_CONCURRENCY_MAX = 40;
/** What MaxConcurrency may ask for. */
const CONCURRENCY_MAX = 10_000;

export async function runMap(visit: Visit, state: MapState): Promise<Step> {
  return runWithRecovery(visit, state, () => attemptMap(visit, state));
}

async function attemptMap(visit: Visit, state: MapState): Promise<Attempt> {
  const maxConcurrency = state.maxConcurrency
    ? await visit.evaluateInteger(state.maxConcurrency, 0, CONCURRENCY_MAX)
    : 0;
  return state.distribution
    ? runMapRun(visit, state, state.distribution, maxConcurrency)
    : attemptInline(visit, state, maxConcurrency);
}

async function attemptInline(visit: Visit, state: MapState, maxConcurrency: number): Promise<Attempt> {
  const { strand } = visit;
  const concurrency = maxConcurrency === 0 ? INLINE_CONCURRENCY_MAX : Math.min(maxConcurrency, INLINE_CONCURRENCY_MAX);
  const selected = await selectItems(visit, state, await evaluateItems(visit, state));
  const parts: Part[] = selected.map(({ item, input }) => ({
    workflow: state.processor,
    input: visit.limit(input),
    mapItem: item,
  }));
  strand.record('MapStateStarted', 'mapStateStartedEventDetails', { length: selected.length });
  try {
    const outputs = await runSideBySide(visit, parts, concurrency, createIterationEvents(visit));
    const result = visit.limit(new Payload(outputs));
    const previousEventId = strand.lastEventId;
    strand.recordAfter(previousEventId, 'MapStateSucceeded');
    return { ...(await visit.complete(state, result, { result: result.value })), previousEventId };
  } catch (error) {
    if (error instanceof StateError) strand.record('MapStateFailed');
    throw error;
  }
}

function createIterationEvents({ strand, state: { name } }: Visit): PartEvents {
  return {
    started: (index, previousEventId) =>
      strand.recordAfter(previousEventId, 'MapIterationStarted', 'mapIterationStartedEventDetails', { index, name }),
    succeeded: (index, previousEventId) =>
      strand.recordAfter(previousEventId, 'MapIterationSucceeded', 'mapIterationSucceededEventDetails', {
        index,
        name,
      }),
    failed: (index, previousEventId) => {
      strand.recordAfter(previousEventId, 'MapIterationFailed', 'mapIterationFailedEventDetails', { index, name });
    },
    aborted: (index, previousEventId) => {
      strand.recordAfter(previousEventId, 'MapIterationAborted', 'mapIterationAbortedEventDetails', { index, name });
    },
  };
}
