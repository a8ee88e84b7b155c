import type { SucceedState } from '../definition/definition.ts';
import type { Step, Visit } from './visit.ts';

/** Ends its workflow well. */
export async function runSucceed(visit: Visit, state: SucceedState): Promise<Step> {
  return visit.leave(await visit.complete({ output: state.output, assign: undefined }, visit.input), null);
}
