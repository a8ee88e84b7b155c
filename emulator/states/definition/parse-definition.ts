// From the text of a definition to compiled states.

import type { z } from 'zod';
import type { ExpressionFunction } from '../expressions/expression-functions.ts';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJsonValue,
} from '../expressions/json-value.ts';
import { checkNames, checkTransitions, checkVariables } from './check-workflow.ts';
import { compileState } from './compile-state.ts';
import type { Definition, State, Workflow } from './definition.ts';
import { Diagnostics } from './diagnostics.ts';
import { refuseJsonPath, refuseUnsupportedFields } from './refuse-unsupported.ts';
import { definitionSchema, stateSchema, type WorkflowSource } from './state-schemas.ts';
import { TemplateCompiler } from './template-compiler.ts';

/**
 * `functions` are what expressions can call besides JSONata's own.
 * @throws {AwsError} `InvalidDefinition` with all that is wrong.
 * @throws {UnsupportedFeatureError} for the first thing that AWS has and the emulator does not.
 */
export function parseDefinition(text: string, functions: ReadonlyMap<string, ExpressionFunction>): Definition {
  const diagnostics = new Diagnostics();
  const source = parseText(text, diagnostics);
  refuseJsonPath(source);
  const parsed = definitionSchema.safeParse(source);
  if (!parsed.success) {
    addIssues(parsed.error, source, '', diagnostics);
    diagnostics.throwIfAny();
    throw parsed.error;
  }
  const compiler = new TemplateCompiler(functions, diagnostics);
  const workflow = parseWorkflow(parsed.data, '', compiler, diagnostics);
  diagnostics.throwIfAny();
  checkNames(workflow, diagnostics);
  checkVariables(workflow, new Set(), diagnostics);
  diagnostics.throwIfAny();
  return { ...workflow, timeoutSeconds: parsed.data.TimeoutSeconds };
}

/** @throws {InvalidDefinitionError} */
function parseText(text: string, diagnostics: Diagnostics): JsonObject {
  let source: JsonValue = null;
  try {
    if (text !== '') source = parseJsonValue(JSON.parse(text));
  } catch (error) {
    diagnostics.add('INVALID_JSON_DESCRIPTION', error instanceof Error ? error.message : String(error), '/');
    diagnostics.throwIfAny();
  }
  if (isJsonObject(source)) return source;
  diagnostics.add('SCHEMA_VALIDATION_FAILED', 'Definition must be a valid JSON object');
  diagnostics.throwIfAny();
  return {};
}

function parseWorkflow(
  source: WorkflowSource,
  path: string,
  compiler: TemplateCompiler,
  diagnostics: Diagnostics,
): Workflow {
  const states = new Map<string, State>();
  const parseInner = (inner: WorkflowSource, innerPath: string) =>
    parseWorkflow(inner, innerPath, compiler, diagnostics);
  for (const [name, stateSource] of Object.entries(source.States)) {
    const statePath = `${path}/States/${name}`;
    const parsed = parseState(name, stateSource, statePath, diagnostics);
    if (parsed) states.set(name, compileState(name, parsed, { path: statePath, compiler, diagnostics, parseInner }));
  }
  const workflow = { startAt: source.StartAt, states };
  const isWhole = states.size === Object.keys(source.States).length;
  if (isWhole) checkTransitions(workflow, path, diagnostics);
  return workflow;
}

function parseState(name: string, source: JsonValue, path: string, diagnostics: Diagnostics) {
  if (isJsonObject(source)) {
    if (source.QueryLanguage === 'JSONPath') {
      const message = `'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine`;
      diagnostics.add('SCHEMA_VALIDATION_FAILED', message, path);
      return undefined;
    }
    refuseUnsupportedFields(name, source);
  }
  if (name.length > 80) diagnostics.add('SCHEMA_VALIDATION_FAILED', 'A state name has at most 80 characters', path);
  const parsed = stateSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  addIssues(parsed.error, source, path, diagnostics);
  return undefined;
}

/** `source` is what was parsed: members that it lacks are told of together, as AWS does. */
function addIssues(error: z.ZodError, source: JsonValue, path: string, diagnostics: Diagnostics): void {
  const missing = new Map<string, string[]>();
  for (const issue of error.issues) {
    const place = [path, ...issue.path].join('/') || '/';
    const parent = [path, ...issue.path.slice(0, -1)].join('/') || '/';
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        diagnostics.add('SCHEMA_VALIDATION_FAILED', `Field '${key}' is not supported`, place);
      }
    } else if (findMember(source, issue.path) === undefined) {
      missing.set(parent, [...(missing.get(parent) ?? []), String(issue.path.at(-1))]);
    } else {
      diagnostics.add('SCHEMA_VALIDATION_FAILED', issue.message, place);
    }
  }
  for (const [parent, names] of missing) {
    diagnostics.add('SCHEMA_VALIDATION_FAILED', `These fields are required: [${names.join(', ')}]`, parent);
  }
}

function findMember(source: JsonValue, path: readonly PropertyKey[]): JsonValue | undefined {
  let value: JsonValue | undefined = source;
  for (const key of path) {
    if (isJsonArray(value)) value = value[Number(key)];
    else value = isJsonObject(value) ? value[String(key)] : undefined;
  }
  return value;
}
