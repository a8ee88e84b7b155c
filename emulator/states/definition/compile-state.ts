// From one state's parsed fields to the state that the interpreter runs.

import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import { checkArguments } from '../integrations/check-arguments.ts';
import type {
  Catcher,
  ChoiceState,
  Distribution,
  MapState,
  ParallelState,
  Recovery,
  Retrier,
  State,
  TaskState,
  WaitState,
  Workflow,
} from './definition.ts';
import type { Diagnostics } from './diagnostics.ts';
import { parseResource } from './parse-resource.ts';
import type { CatcherSource, RetrierSource, StateSource, StateSourceOf, WorkflowSource } from './state-schemas.ts';
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
  if (source.Arguments !== undefined) checkArguments(name, resource, source.Arguments, path, diagnostics);
  return {
    type: 'Task',
    name,
    resource,
    arguments: compiler.compileOptional(source.Arguments, 'Arguments', path),
    timeoutSeconds: compiler.compileOptional(source.TimeoutSeconds, 'TimeoutSeconds', path),
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

function compileMap(name: string, source: StateSourceOf<'Map'>, compilation: StateCompilation): MapState {
  const { compiler, path } = compilation;
  return {
    type: 'Map',
    name,
    processor: compilation.parseInner(source.ItemProcessor, `${path}/ItemProcessor`),
    items: compiler.compileOptional(source.Items, 'Items', path),
    itemSelector: compiler.compileOptional(source.ItemSelector, 'ItemSelector', path),
    maxConcurrency: compiler.compileOptional(source.MaxConcurrency, 'MaxConcurrency', path),
    distribution: compileDistribution(name, source, compilation),
    ...compiler.compileOutcome(source, path),
    ...compileRecovery(source, compilation),
    next: compileNext(source, compilation),
  };
}

function compileDistribution(
  name: string,
  source: StateSourceOf<'Map'>,
  { compiler, diagnostics, path }: StateCompilation,
): Distribution | null {
  const { Mode: mode, ExecutionType: executionType } = source.ItemProcessor.ProcessorConfig;
  if (mode === 'INLINE') {
    for (const field of ['ToleratedFailurePercentage', 'ToleratedFailureCount', 'Label'] as const) {
      if (source[field] !== undefined)
        throw new UnsupportedFeatureError(`state ${name}`, `field ${field} in INLINE mode`);
    }
    return null;
  }
  if (executionType === undefined) {
    diagnostics.add(
      'SCHEMA_VALIDATION_FAILED',
      'A Distributed Map needs an ExecutionType',
      `${path}/ItemProcessor/ProcessorConfig`,
    );
  }
  return {
    label: source.Label,
    toleratedFailurePercentage: compiler.compileOptional(
      source.ToleratedFailurePercentage,
      'ToleratedFailurePercentage',
      path,
    ),
    toleratedFailureCount: compiler.compileOptional(source.ToleratedFailureCount, 'ToleratedFailureCount', path),
  };
}

function compileNext(
  source: { Next?: string | undefined; End?: true | undefined },
  { diagnostics, path }: StateCompilation,
): string | null {
  if ((source.Next === undefined) === (source.End === undefined)) {
    diagnostics.add('SCHEMA_VALIDATION_FAILED', 'A state has either Next or End', path);
  }
  return source.Next ?? null;
}

function compileRecovery(
  source: { Retry: readonly RetrierSource[]; Catch: readonly CatcherSource[] },
  compilation: StateCompilation,
): Recovery {
  checkWildcard(source.Retry, 'Retry', compilation);
  checkWildcard(source.Catch, 'Catch', compilation);
  return {
    retry: source.Retry.map(compileRetrier),
    catch: source.Catch.map((catcher, index) => compileCatcher(catcher, index, compilation)),
  };
}

/** `States.ALL` stands alone, in the last of its kind. */
function checkWildcard(
  sources: readonly { ErrorEquals: readonly string[] }[],
  field: 'Retry' | 'Catch',
  { diagnostics, path }: StateCompilation,
): void {
  for (const [index, { ErrorEquals: names }] of sources.entries()) {
    if (names.includes('States.ALL') && (names.length > 1 || index < sources.length - 1)) {
      diagnostics.add(
        'SCHEMA_VALIDATION_FAILED',
        `States.ALL must stand alone, and in the last ${field}`,
        `${path}/${field}[${index}]`,
      );
    }
  }
}

function compileRetrier(source: RetrierSource): Retrier {
  return {
    errorEquals: source.ErrorEquals,
    intervalSeconds: source.IntervalSeconds,
    maxAttempts: source.MaxAttempts,
    backoffRate: source.BackoffRate,
    maxDelaySeconds: source.MaxDelaySeconds,
    jitter: source.JitterStrategy,
  };
}

function compileCatcher(source: CatcherSource, index: number, { compiler, path }: StateCompilation): Catcher {
  return {
    errorEquals: source.ErrorEquals,
    ...compiler.compileOutcome(source, path, `Catch[${index}]/`),
    next: source.Next,
  };
}
