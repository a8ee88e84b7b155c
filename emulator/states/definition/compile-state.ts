// From one state's parsed fields to the state that the interpreter runs.

import { checkArguments } from '../integrations/check-arguments.ts';
import { compileMap } from './compile-map.ts';
import { compileNext, compileRecovery } from './compile-recovery.ts';
import type { ChoiceState, ParallelState, State, TaskState, WaitState, Workflow } from './definition.ts';
import type { Diagnostics } from './diagnostics.ts';
import { parseResource } from './parse-resource.ts';
import type { StateSource, StateSourceOf, WorkflowSource } from './state-schemas.ts';
import type { TemplateCompiler } from './template-compiler.ts';

export interface StateCompilation {
  /** The state's place in the definition: `/States/Plan`. */
  readonly path: string;
  readonly compiler: TemplateCompiler;
  readonly diagnostics: Diagnostics;
  parseInner(source: WorkflowSource, path: string): Workflow;
}

export function compileState(name: string, source: StateSource, compilation: StateCompilation): State {
  const { compiler, path } = compilation;
  switch (source.Type) {
    case 'Task':
      return compileTask(name, source, compilation);
    case 'Pass':
      return {
        type: 'Pass',
        name,
        ...compiler.compileOutcome(source, path),
        next: compileNext(source, compilation),
      };
    case 'Choice':
      return compileChoice(name, source, compilation);
    case 'Wait':
      return compileWait(name, source, compilation);
    case 'Succeed':
      return { type: 'Succeed', name, output: compiler.compileOptional(source.Output, 'Output', path) };
    case 'Fail':
      return {
        type: 'Fail',
        name,
        error: compiler.compileOptional(source.Error, 'Error', path),
        cause: compiler.compileOptional(source.Cause, 'Cause', path),
      };
    case 'Parallel':
      return compileParallel(name, source, compilation);
    case 'Map':
      return compileMap(name, source, compilation);
  }
}

function compileTask(name: string, source: StateSourceOf<'Task'>, compilation: StateCompilation): TaskState {
  const { compiler, diagnostics, path } = compilation;
  const resource = parseResource(name, source.Resource);
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = source;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    diagnostics.add('SCHEMA_VALIDATION_FAILED', 'HeartbeatSeconds must be smaller than TimeoutSeconds', path);
  }
  if (source.Arguments !== undefined) checkArguments(name, resource, source.Arguments, path, diagnostics);
  return {
    type: 'Task',
    name,
    resource,
    arguments: compiler.compileOptional(source.Arguments, 'Arguments', path),
    timeoutSeconds: compiler.compileOptional(timeout, 'TimeoutSeconds', path),
    heartbeatSeconds: compiler.compileOptional(heartbeat, 'HeartbeatSeconds', path),
    ...compiler.compileOutcome(source, path),
    ...compileRecovery(source, compilation),
    next: compileNext(source, compilation),
  };
}

function compileChoice(name: string, source: StateSourceOf<'Choice'>, compilation: StateCompilation): ChoiceState {
  const { compiler, diagnostics, path } = compilation;
  if (source.Default === undefined && (source.Assign || source.Output !== undefined)) {
    diagnostics.add('SCHEMA_VALIDATION_FAILED', 'Assign and Output of a Choice state belong to its Default', path);
  }
  return {
    type: 'Choice',
    name,
    rules: source.Choices.map((rule, index) => ({
      condition: compiler.compile(rule.Condition, `Choices[${index}]/Condition`, path),
      ...compiler.compileOutcome(rule, path, `Choices[${index}]/`),
      next: rule.Next,
    })),
    otherwise: source.Default === undefined ? null : { ...compiler.compileOutcome(source, path), next: source.Default },
  };
}

function compileWait(name: string, source: StateSourceOf<'Wait'>, compilation: StateCompilation): WaitState {
  const { compiler, diagnostics, path } = compilation;
  if ((source.Seconds === undefined) === (source.Timestamp === undefined)) {
    diagnostics.add('SCHEMA_VALIDATION_FAILED', 'A Wait state has either Seconds or Timestamp', path);
  }
  return {
    type: 'Wait',
    name,
    duration:
      source.Timestamp === undefined
        ? { kind: 'seconds', seconds: compiler.compile(source.Seconds ?? 0, 'Seconds', path) }
        : { kind: 'timestamp', timestamp: compiler.compile(source.Timestamp, 'Timestamp', path) },
    ...compiler.compileOutcome(source, path),
    next: compileNext(source, compilation),
  };
}

function compileParallel(
  name: string,
  source: StateSourceOf<'Parallel'>,
  compilation: StateCompilation,
): ParallelState {
  const { compiler, path } = compilation;
  return {
    type: 'Parallel',
    name,
    branches: source.Branches.map((branch, index) => compilation.parseInner(branch, `${path}/Branches[${index}]`)),
    arguments: compiler.compileOptional(source.Arguments, 'Arguments', path),
    ...compiler.compileOutcome(source, path),
    ...compileRecovery(source, compilation),
    next: compileNext(source, compilation),
  };
}
