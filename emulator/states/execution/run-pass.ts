import type { PassState } from '../definition/definition.ts';
import type { Step, Visit } from './visit.ts';

/** Gives its input on, or what Output makes of it. */
export async function runPass(visit: Visit, state: PassState): Promise<Step> {
  return visit.leave(await visit.complete(state, visit.input), state.next);
}
