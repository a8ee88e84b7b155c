// Compiles the fields of states, and collects what is wrong with their expressions.

import { InvalidExpressionError } from '../expressions/expression.ts';
import type { ExpressionFunction } from '../expressions/expression-functions.ts';
import type { JsonValue } from '../expressions/json-value.ts';
import { compileTemplate, type Template } from '../expressions/template.ts';
import type { Outcome } from './definition.ts';
import type { Diagnostics } from './diagnostics.ts';

export class TemplateCompiler {
  readonly #functions: ReadonlyMap<string, ExpressionFunction>;
  readonly #diagnostics: Diagnostics;

  constructor(functions: ReadonlyMap<string, ExpressionFunction>, diagnostics: Diagnostics) {
    this.#functions = functions;
    this.#diagnostics = diagnostics;
  }

  /** `location` within the state, `path` of the state. What cannot be compiled is put down and null takes its place. */
  compile(value: JsonValue, location: string, path: string): Template {
    try {
      return compileTemplate(value, location, this.#functions);
    } catch (error) {
      if (!(error instanceof InvalidExpressionError)) throw error;
      this.#diagnostics.add(error.code, error.message, `${path}/${error.location}`);
      return { kind: 'literal', location, value: null };
    }
  }

  compileOptional(value: JsonValue | undefined, location: string, path: string): Template | undefined {
    return value === undefined ? undefined : this.compile(value, location, path);
  }

  /** `prefix` is the place of a rule or catcher within the state, such as `Choices[0]/`. */
  compileOutcome(
    source: { Output?: JsonValue | undefined; Assign?: Readonly<Record<string, JsonValue>> | undefined },
    path: string,
    prefix = '',
  ): Outcome {
    const assign = source.Assign && Object.entries(source.Assign);
    return {
      output: this.compileOptional(source.Output, `${prefix}Output`, path),
      assign:
        assign && new Map(assign.map(([name, value]) => [name, this.#compileVariable(name, value, path, prefix)])),
    };
  }

  #compileVariable(name: string, value: JsonValue, path: string, prefix: string): Template {
    const location = `${prefix}Assign/${name}`;
    if (!/^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u.test(name) || name === 'states') {
      this.#diagnostics.add('SCHEMA_VALIDATION_FAILED', `"${name}" is not a variable name`, `${path}/${location}`);
    }
    return this.compile(value, location, path);
  }
}
