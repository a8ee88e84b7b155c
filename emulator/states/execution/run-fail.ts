import type { FailState } from '../definition/definition.ts';
import { StateError } from './state-error.ts';
import type { Visit } from './visit.ts';

/** @throws {StateError} always: the error and cause that the state names. */
export async function runFail(visit: Visit, state: FailState): Promise<never> {
  const error = state.error ? await visit.evaluateText(state.error) : '';
  const cause = state.cause ? await visit.evaluateText(state.cause) : '';
  throw new StateError(error, cause);
}
