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

export class Diagnostics {
  readonly #problems: string[] = [];

  /** `path` as AWS gives it: `/States/Plan/Arguments`. */
  add(code: DiagnosticCode, message: string, path: string): void {
    this.#problems.push(`'${code}: ${message} at ${path}'`);
  }

  /** @throws {AwsError} `InvalidDefinition` with every problem so far. */
  throwIfAny(): void {
    if (this.#problems.length === 0) return;
    throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: ${this.#problems.join(', ')}`);
  }
}
