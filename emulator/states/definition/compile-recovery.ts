// Where states lead, when they work and when they fail.

import type { StateCompilation } from './compile-state.ts';
import type { Catcher, Recovery, Retrier } from './definition.ts';
import type { CatcherSource, RetrierSource } from './state-schemas.ts';

export function compileNext(
  source: { Next?: string | undefined; End?: true | undefined },
  { diagnostics, path }: StateCompilation,
): string | null {
  if ((source.Next === undefined) === (source.End === undefined)) {
    diagnostics.add('SCHEMA_VALIDATION_FAILED', 'A state has either Next or End', path);
  }
  return source.Next ?? null;
}

export function compileRecovery(
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
