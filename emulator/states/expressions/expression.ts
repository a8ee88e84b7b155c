// One JSONata expression, compiled once.

import jsonata from 'jsonata';
import { collectVariables, findUnsupportedReferences } from './check-references.ts';
import type { ExpressionFunction } from './expression-functions.ts';
import { type JsonValue, parseJsonValue } from './json-value.ts';

/** What an expression can read: `$states` and the variables. */
export interface ExpressionScope {
  readonly states: Readonly<Record<string, unknown>>;
  lookup(variableName: string): JsonValue | undefined;
}

export interface Expression {
  /** Between `{%` and `%}`. */
  readonly text: string;
  /** The field within the state, such as `Output/total` or `Choices[1]/Condition`. */
  readonly location: string;
  /** @throws {QueryEvaluationError} when it fails, or gives nothing. */
  evaluate(scope: ExpressionScope): Promise<JsonValue>;
}

/** Thrown when a field cannot be evaluated; the state it happens in fails with `States.QueryEvaluationError`. */
export class QueryEvaluationError extends Error {
  override name = 'QueryEvaluationError';
  readonly location: string;

  constructor(location: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.location = location;
  }
}

/** Thrown when an expression cannot be compiled. `code` is that of Step Functions' definition diagnostics. */
export class InvalidExpressionError extends Error {
  override name = 'InvalidExpressionError';
  readonly code: 'INVALID_JSONATA_EXPRESSION' | 'UNSUPPORTED_JSONATA_EXPRESSION';
  /** The field within the state. */
  readonly location: string;

  constructor(code: InvalidExpressionError['code'], location: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.location = location;
  }
}

/**
 * Depth to which one expression may nest: the hundredth term of `1+1+…` is the last that Step Functions accepts, and the
 * hundredth that this library accepts under this setting.
 */
const DEPTH_MAX = 100;

/** Deserialises and evaluates text as code. Step Functions has `$parse` in its place. */
const REFUSED_FUNCTION = 'eval';

/** @throws {InvalidExpressionError} */
export function compileExpression(
  text: string,
  location: string,
  functions: ReadonlyMap<string, ExpressionFunction>,
): Expression {
  const compiled = parseExpression(text, location);
  const variables = collectVariables(compiled.ast());
  if (variables.has(REFUSED_FUNCTION)) {
    throw new InvalidExpressionError(
      'UNSUPPORTED_JSONATA_EXPRESSION',
      location,
      'Function $eval is not supported; use $parse to deserialise JSON.',
    );
  }
  const [unsupported] = findUnsupportedReferences(compiled.ast());
  if (unsupported) throw new InvalidExpressionError('UNSUPPORTED_JSONATA_EXPRESSION', location, unsupported);
  for (const [name, { implementation, signature }] of functions) {
    if (variables.has(name)) compiled.registerFunction(name, implementation, signature);
  }
  const readsStates = variables.has('states');
  const readable = [...variables].filter((name) => name !== 'states' && name !== '');
  return {
    text,
    location,
    async evaluate(scope) {
      const bindings: Record<string, unknown> = {};
      if (readsStates) bindings.states = scope.states;
      for (const name of readable) {
        const value = scope.lookup(name);
        if (value !== undefined) bindings[name] = value;
      }
      return parseResult(await evaluateCompiled(compiled, bindings, text, location), text, location);
    },
  };
}

function parseExpression(text: string, location: string): jsonata.Expression {
  try {
    return jsonata(text, { stack: DEPTH_MAX });
  } catch (error) {
    throw new InvalidExpressionError('INVALID_JSONATA_EXPRESSION', location, describeJsonataError(error), error);
  }
}

async function evaluateCompiled(
  compiled: jsonata.Expression,
  bindings: Record<string, unknown>,
  text: string,
  location: string,
): Promise<unknown> {
  try {
    return await compiled.evaluate(undefined, bindings);
  } catch (error) {
    throw new QueryEvaluationError(
      location,
      `The JSONata expression '${text}' specified for the field '${location}' threw an error during evaluation. ${describeJsonataError(error)}`,
      error,
    );
  }
}

function parseResult(result: unknown, text: string, location: string): JsonValue {
  const subject = `The JSONata expression '${text}' specified for the field '${location}'`;
  if (result === undefined) throw new QueryEvaluationError(location, `${subject} returned nothing (undefined).`);
  try {
    return parseJsonValue(result);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new QueryEvaluationError(location, `${subject} returned a value that is not JSON: ${reason}.`, error);
  }
}

/** JSONata throws plain objects with `code` and `message`. */
function describeJsonataError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const message = 'message' in error ? String(error.message) : '';
  return 'code' in error ? `${String(error.code)}: ${message}` : message;
}
