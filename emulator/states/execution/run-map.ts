import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import type { MapState } from '../definition/definition.ts';
import { isJsonArray, isJsonObject, type JsonValue } from '../expressions/json-value.ts';
import { Payload } from '../expressions/payload.ts';
import { runMapRun } from './run-map-run.ts';
import { type Part, type PartEvents, runSideBySide } from './run-side-by-side.ts';
import { type Attempt, runWithRecovery } from './run-with-recovery.ts';
import { StateError } from './state-error.ts';
import type { MapItem } from './strand.ts';
import type { Step, Visit } from './visit.ts';

/** Iterations at a time; 0 in a definition means as many as there may be. */
const INLINE_CONCURRENCY_MAX = 40;
const DISTRIBUTED_CONCURRENCY_MAX = 10_000;

/** An item and what its iteration gets as input. */
export interface SelectedItem {
  readonly item: MapItem;
  readonly input: Payload;
}

export async function runMap(visit: Visit, state: MapState): Promise<Step> {
  return runWithRecovery(visit, state, () => attemptMap(visit, state));
}

async function attemptMap(visit: Visit, state: MapState): Promise<Attempt> {
  const limit = state.distribution ? DISTRIBUTED_CONCURRENCY_MAX : INLINE_CONCURRENCY_MAX;
  const asked = state.maxConcurrency
    ? await visit.evaluateInteger(state.maxConcurrency, 0, DISTRIBUTED_CONCURRENCY_MAX)
    : 0;
  const concurrency = asked === 0 ? limit : Math.min(asked, limit);
  const selected = await selectItems(visit, state, await evaluateItems(visit, state));
  return state.distribution
    ? runMapRun(visit, state, state.distribution, selected, concurrency)
    : attemptInline(visit, state, selected, concurrency);
}

async function evaluateItems(visit: Visit, state: MapState): Promise<readonly JsonValue[]> {
  const items = state.items ? await visit.evaluate(state.items) : visit.input.value;
  if (isJsonObject(items)) throw new UnsupportedFeatureError(`state ${state.name}`, 'a Map over an object');
  if (isJsonArray(items)) return items;
  return visit.evaluateArray(state.items ?? { kind: 'literal', location: 'Items', value: items });
}

async function selectItems(
  visit: Visit,
  state: MapState,
  items: readonly JsonValue[],
): Promise<readonly SelectedItem[]> {
  const selected: SelectedItem[] = [];
  for (const [index, value] of items.entries()) {
    const item = { index, value };
    const input = state.itemSelector ? await visit.evaluate(state.itemSelector, undefined, item) : value;
    selected.push({ item, input: visit.limit(new Payload(input)) });
  }
  return selected;
}

async function attemptInline(
  visit: Visit,
  state: MapState,
  selected: readonly SelectedItem[],
  concurrency: number,
): Promise<Attempt> {
  const { strand } = visit;
  strand.record('MapStateStarted', 'mapStateStartedEventDetails', { length: selected.length });
  const parts: Part[] = selected.map(({ item, input }) => ({ workflow: state.processor, input, mapItem: item }));
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
