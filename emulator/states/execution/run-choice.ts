import type { ChoiceState } from '../definition/definition.ts';
import { StateError } from './state-error.ts';
import type { Step, Visit } from './visit.ts';

/**
 * Goes where the first rule whose condition is true leads, else to the default; later rules are not evaluated.
 * @throws {StateError} `States.NoChoiceMatched` when no rule matches and there is no default.
 */
export async function runChoice(visit: Visit, state: ChoiceState): Promise<Step> {
  for (const rule of state.rules) {
    if (await visit.evaluateBoolean(rule.condition)) {
      return visit.leave(await visit.complete(rule, visit.input), rule.next);
    }
  }
  const { otherwise } = state;
  if (!otherwise) {
    throw new StateError(
      'States.NoChoiceMatched',
      visit.explain('Failed to transition out of the state. The state does not point to a next state.'),
    );
  }
  return visit.leave(await visit.complete(otherwise, visit.input), otherwise.next);
}
