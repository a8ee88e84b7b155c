// Rules that hold between states.

import type { State, Workflow } from './definition.ts';
import type { Diagnostics } from './diagnostics.ts';

/** Transitions lead to states of the same workflow, every state can be reached, and some state ends. */
export function checkTransitions(workflow: Workflow, path: string, diagnostics: Diagnostics): void {
  const { startAt, states } = workflow;
  if (!states.has(startAt)) {
    diagnostics.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${startAt}`, `${path}/StartAt`);
  }
  const reached = new Set([startAt]);
  for (const state of states.values()) {
    for (const target of listTargets(state)) {
      reached.add(target);
      if (!states.has(target)) {
        diagnostics.add(
          'MISSING_TRANSITION_TARGET',
          `Missing 'Next' target: ${target}`,
          `${path}/States/${state.name}`,
        );
      }
    }
  }
  for (const name of states.keys()) {
    if (!reached.has(name)) {
      diagnostics.add('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, `${path}/States/${name}`);
    }
  }
  if (![...states.values()].some(isTerminal)) {
    diagnostics.add('MISSING_END_STATE', 'No state ends the workflow.', path);
  }
}

/** State names are unique in the whole state machine. */
export function checkNames(workflow: Workflow, diagnostics: Diagnostics): void {
  const seen = new Set<string>();
  visitStates(workflow, (state) => {
    if (seen.has(state.name)) {
      diagnostics.add('DUPLICATE_STATE_NAME', `State name "${state.name}" is used twice.`, `/States/${state.name}`);
    }
    seen.add(state.name);
  });
}

/**
 * Inner workflows read the variables of outer ones and cannot assign to them; a Distributed Map's children start anew.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html#variables-scope
 */
export function checkVariables(workflow: Workflow, outer: ReadonlySet<string>, diagnostics: Diagnostics): void {
  const own = new Set<string>();
  for (const state of workflow.states.values()) {
    for (const name of listAssigned(state)) {
      own.add(name);
      if (outer.has(name)) {
        diagnostics.add(
          'SCHEMA_VALIDATION_FAILED',
          `Variable "${name}" is assigned in an outer scope; an inner one cannot assign to it.`,
          `/States/${state.name}/Assign`,
        );
      }
    }
  }
  const visible = new Set([...outer, ...own]);
  for (const state of workflow.states.values()) {
    const isDistributed = state.type === 'Map' && state.distribution !== null;
    for (const inner of listWorkflows(state)) checkVariables(inner, isDistributed ? new Set() : visible, diagnostics);
  }
}

/** Every state, those of inner workflows after the state that holds them. */
export function visitStates(workflow: Workflow, visit: (state: State) => void): void {
  for (const state of workflow.states.values()) {
    visit(state);
    for (const inner of listWorkflows(state)) visitStates(inner, visit);
  }
}

function listWorkflows(state: State): readonly Workflow[] {
  if (state.type === 'Parallel') return state.branches;
  return state.type === 'Map' ? [state.processor] : [];
}

function listTargets(state: State): readonly string[] {
  if (state.type === 'Choice') {
    return [...state.rules.map((rule) => rule.next), ...(state.otherwise ? [state.otherwise.next] : [])];
  }
  const caught = 'catch' in state ? state.catch.map((catcher) => catcher.next) : [];
  return 'next' in state && state.next !== null ? [...caught, state.next] : caught;
}

function isTerminal(state: State): boolean {
  return state.type === 'Succeed' || state.type === 'Fail' || ('next' in state && state.next === null);
}

function listAssigned(state: State): readonly string[] {
  const outcomes =
    state.type === 'Choice'
      ? [...state.rules, ...(state.otherwise ? [state.otherwise] : [])]
      : [...('assign' in state ? [state] : []), ...('catch' in state ? state.catch : [])];
  return outcomes.flatMap(({ assign }) => [...(assign?.keys() ?? [])]);
}
