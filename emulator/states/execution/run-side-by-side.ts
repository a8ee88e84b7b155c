// Several strands within one state: the branches of a Parallel, the iterations of an inline Map.

import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Workflow } from '../definition/definition.ts';
import type { JsonValue } from '../expressions/json-value.ts';
import type { Payload } from '../expressions/payload.ts';
import { CancelledError } from './cancellation.ts';
import { runWorkflow } from './run-workflow.ts';
import { type MapItem, Strand } from './strand.ts';
import { Variables } from './variables.ts';
import type { Visit } from './visit.ts';

export interface Part {
  readonly workflow: Workflow;
  readonly input: Payload;
  readonly mapItem?: MapItem;
}

/** The events of one part, in history terms. Each gives the id of what follows from it. */
export interface PartEvents {
  started(index: number, previousEventId: number): number;
  succeeded(index: number, previousEventId: number): number;
  failed(index: number, previousEventId: number): void;
  aborted(index: number, previousEventId: number): void;
}

/** States whose being cut short has an event of its own. */
const ABORTED_EVENTS: Readonly<Record<string, HistoryEventType>> = {
  Task: 'TaskStateAborted',
  Wait: 'WaitStateAborted',
  Map: 'MapStateAborted',
  Parallel: 'ParallelStateAborted',
};

/**
 * Runs the parts, at most `concurrency` at a time, and gives their outputs in the parts' order. The first failure calls
 * the others off; the strand's last event is then the one that failed.
 * @throws {StateError} that of the first part to fail.
 */
export async function runSideBySide(
  visit: Visit,
  parts: readonly Part[],
  concurrency: number,
  events: PartEvents,
): Promise<JsonValue[]> {
  const { strand } = visit;
  const { cancellation, release } = strand.cancellation.createChild();
  const active = new Map<number, Strand>();
  const outputs: JsonValue[] = parts.map(() => null);
  const waiting = parts.entries();
  let lastEventId = strand.lastEventId;
  let failedIndex: number | undefined;

  const startParts = async (): Promise<void> => {
    let previousEventId = strand.lastEventId;
    for (const [index, part] of waiting) {
      const inner = new Strand({
        run: strand.run,
        cancellation,
        variables: new Variables(strand.variables),
        mapItem: part.mapItem ?? strand.mapItem,
        lastEventId: events.started(index, previousEventId),
      });
      active.set(index, inner);
      try {
        outputs[index] = (await runWorkflow(inner, part.workflow, part.input)).value;
      } catch (error) {
        failedIndex ??= index;
        throw error;
      }
      if (failedIndex !== undefined) return;
      inner.variables.release();
      active.delete(index);
      lastEventId = events.succeeded(index, inner.lastEventId);
      previousEventId = inner.lastEventId;
    }
  };

  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, parts.length) }, startParts));
    strand.lastEventId = lastEventId;
    return outputs;
  } catch (error) {
    cancellation.cancel(new CancelledError('another branch or iteration failed'));
    for (const inner of active.values()) inner.variables.release();
    if (strand.run.execution.isRunning) recordEnds(strand, active, failedIndex, events);
    throw error;
  } finally {
    release();
  }
}

/** All of it follows from the event of the failure. */
function recordEnds(
  strand: Strand,
  active: ReadonlyMap<number, Strand>,
  failedIndex: number | undefined,
  events: PartEvents,
): void {
  const failed = failedIndex === undefined ? undefined : active.get(failedIndex);
  if (failedIndex === undefined || !failed) return;
  strand.lastEventId = failed.lastEventId;
  events.failed(failedIndex, failed.lastEventId);
  if (failed.visit?.state.type === 'Task') strand.recordAfter(failed.lastEventId, 'TaskStateAborted');
  for (const [index, inner] of active) {
    if (index === failedIndex) continue;
    events.aborted(index, failed.lastEventId);
    const state = inner.visit?.state;
    if (state?.type === 'Map' && state.distribution) strand.recordAfter(failed.lastEventId, 'MapRunAborted');
    const type = ABORTED_EVENTS[state?.type ?? ''];
    if (type) strand.recordAfter(failed.lastEventId, type);
  }
}
