// The walk from StartAt to a state that ends.

import type { State, Workflow } from '../definition/definition.ts';
import type { Payload } from '../expressions/payload.ts';
import { runChoice } from './run-choice.ts';
import { runFail } from './run-fail.ts';
import { runMap } from './run-map.ts';
import { runParallel } from './run-parallel.ts';
import { runPass } from './run-pass.ts';
import { runSucceed } from './run-succeed.ts';
import { runTask } from './run-task.ts';
import { runWait } from './run-wait.ts';
import type { Strand } from './strand.ts';
import { type Step, Visit } from './visit.ts';

/**
 * The output of the last state. A loop in the definition is bounded by the history's number of events.
 * @throws {StateError} when a state fails and nothing catches it.
 * @throws {CancelledError} when the strand was called off.
 */
export async function runWorkflow(strand: Strand, workflow: Workflow, input: Payload): Promise<Payload> {
  const { world } = strand.run;
  let stateName: string | null = workflow.startAt;
  let payload = input;
  while (stateName !== null) {
    await strand.cancellation.sleepUntil(world.clock, world.clock.now() + world.sampleLatencyMs('states.transition'));
    const state = workflow.states.get(stateName);
    if (!state) throw new TypeError(`the workflow has no state ${stateName}`);
    const step: Step = await runState(strand, state, payload);
    stateName = step.next;
    payload = step.output;
  }
  return payload;
}

async function runState(strand: Strand, state: State, input: Payload): Promise<Step> {
  const visit = new Visit(strand, state, input);
  switch (state.type) {
    case 'Task':
      return runTask(visit, state);
    case 'Pass':
      return runPass(visit, state);
    case 'Choice':
      return runChoice(visit, state);
    case 'Wait':
      return runWait(visit, state);
    case 'Succeed':
      return runSucceed(visit, state);
    case 'Fail':
      return runFail(visit, state);
    case 'Parallel':
      return runParallel(visit, state);
    case 'Map':
      return runMap(visit, state);
  }
}
