// What is wrong with a definition, all of it at once, as CreateStateMachine answers.

import { AwsError } from '../../kernel/errors.ts';

export type DiagnosticCode =
  | 'INVALID_JSON_DESCRIPTION'
  | 'SCHEMA_VALIDATION_FAILED'
  | 'MISSING_TRANSITION_TARGET'
  | 'MISSING_END_STATE'
  | 'DUPLICATE_STATE_NAME'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'UNSUPPORTED_JSONATA_EXPRESSION';

/** As ValidateStateMachineDefinition gives it. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** Such as `/States/Plan/Arguments`; a text that is no definition at all has none. */
  readonly location?: string;
}

/** Thrown for a definition with problems: AWS's `InvalidDefinition`. */
export class InvalidDefinitionError extends AwsError {
  override name = 'InvalidDefinitionError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const problems = diagnostics.map(
      ({ code, message, location }) => `'${code}: ${message}${location === undefined ? '' : ` at ${location}`}'`,
    );
    super('InvalidDefinition', `Invalid State Machine Definition: ${problems.join(', ')}`);
    this.diagnostics = diagnostics;
  }
}

export class Diagnostics {
  readonly #problems: Diagnostic[] = [];

  add(code: DiagnosticCode, message: string, location?: string): void {
    this.#problems.push({ code, message, ...(location !== undefined && { location }) });
  }

  /** @throws {InvalidDefinitionError} with every problem so far. */
  throwIfAny(): void {
    if (this.#problems.length > 0) throw new InvalidDefinitionError([...this.#problems]);
  }
}
