import type { ParallelState } from '../definition/definition.ts';
import { Payload } from '../expressions/payload.ts';
import { type PartEvents, runSideBySide } from './run-side-by-side.ts';
import { type Attempt, runWithRecovery } from './run-with-recovery.ts';
import { StateError } from './state-error.ts';
import type { Step, Visit } from './visit.ts';

/** Branches have no events of their own: their first state follows from the start, their last leads to the end. */
const BRANCH_EVENTS: PartEvents = {
  started: (_index, previousEventId) => previousEventId,
  succeeded: (_index, previousEventId) => previousEventId,
  failed: () => {},
  aborted: () => {},
};

/** Runs all branches on the same input; the result is the array of their outputs. */
export async function runParallel(visit: Visit, state: ParallelState): Promise<Step> {
  return runWithRecovery(visit, state, () => attemptParallel(visit, state));
}

async function attemptParallel(visit: Visit, state: ParallelState): Promise<Attempt> {
  const { strand } = visit;
  const input = state.arguments ? visit.limit(new Payload(await visit.evaluate(state.arguments))) : visit.input;
  strand.record('ParallelStateStarted');
  try {
    const parts = state.branches.map((workflow) => ({ workflow, input }));
    const result = visit.limit(new Payload(await runSideBySide(visit, parts, parts.length, BRANCH_EVENTS)));
    const previousEventId = strand.lastEventId;
    strand.recordAfter(previousEventId, 'ParallelStateSucceeded');
    return { ...(await visit.complete(state, result, { result: result.value })), previousEventId };
  } catch (error) {
    if (error instanceof StateError) strand.record('ParallelStateFailed');
    throw error;
  }
}
