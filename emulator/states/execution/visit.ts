// One stay in one state: evaluates its fields, and records that it was entered and left.

import type { Outcome, State } from '../definition/definition.ts';
import { type ExpressionScope, QueryEvaluationError } from '../expressions/expression.ts';
import {
  describeJsonType,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../expressions/json-value.ts';
import { Payload } from '../expressions/payload.ts';
import { describeTemplate, evaluateTemplate, type Template } from '../expressions/template.ts';
import { NOT_TRUNCATED } from '../history.ts';
import { StateError } from './state-error.ts';
import type { MapItem, Strand } from './strand.ts';

/** What came out of a state, before it is left. */
export interface Completion {
  readonly output: Payload;
  readonly assigned: ReadonlyMap<string, Payload> | undefined;
}

/** A state that was left, and where to go on; null ends the workflow. */
export interface Step {
  readonly output: Payload;
  readonly next: string | null;
}

/** The members of `$states` that not every field has. */
export type Given = { readonly result: JsonValue } | { readonly errorOutput: JsonValue };

export class Visit {
  readonly strand: Strand;
  readonly state: State;
  readonly input: Payload;
  readonly enteredEventId: number;
  /** Attempts after the first. */
  retryCount = 0;
  readonly #enteredTime: string;

  constructor(strand: Strand, state: State, input: Payload) {
    this.strand = strand;
    this.state = state;
    this.input = input;
    this.#enteredTime = new Date(strand.nowMs).toISOString();
    this.enteredEventId = strand.record(`${state.type}StateEntered`, 'stateEnteredEventDetails', {
      name: state.name,
      input: input.text,
      inputDetails: NOT_TRUNCATED,
    });
    strand.visit = this;
  }

  /** @throws {StateError} `States.QueryEvaluationError` */
  async evaluate(template: Template, given?: Given, mapItem?: MapItem): Promise<JsonValue> {
    if (template.kind === 'literal') return template.value;
    try {
      return await evaluateTemplate(template, this.#createScope(given, mapItem));
    } catch (error) {
      if (error instanceof QueryEvaluationError) throw this.failEvaluation(error.location, error.message);
      throw error;
    }
  }

  async evaluateInteger(template: Template, minimum: number, maximum: number): Promise<number> {
    const value = await this.evaluate(template);
    if (typeof value !== 'number' || !Number.isInteger(value)) throw this.#failType(template, 'integer', value);
    return this.#limitNumber(template, value, minimum, maximum);
  }

  async evaluateNumber(template: Template, minimum: number, maximum: number): Promise<number> {
    const value = await this.evaluate(template);
    if (typeof value !== 'number') throw this.#failType(template, 'number', value);
    return this.#limitNumber(template, value, minimum, maximum);
  }

  async evaluateText(template: Template): Promise<string> {
    const value = await this.evaluate(template);
    return typeof value === 'string' ? value : Promise.reject(this.#failType(template, 'string', value));
  }

  async evaluateBoolean(template: Template): Promise<boolean> {
    const value = await this.evaluate(template);
    return typeof value === 'boolean' ? value : Promise.reject(this.#failType(template, 'boolean', value));
  }

  async evaluateObject(template: Template): Promise<JsonObject> {
    const value = await this.evaluate(template);
    return isJsonObject(value) ? value : Promise.reject(this.#failType(template, 'object', value));
  }

  async evaluateArray(template: Template): Promise<readonly JsonValue[]> {
    const value = await this.evaluate(template);
    return isJsonArray(value) ? value : Promise.reject(this.#failType(template, 'array', value));
  }

  /** Assign and Output see the same variables: neither sees what the other makes. */
  async complete(outcome: Outcome, fallback: Payload, given?: Given): Promise<Completion> {
    const assigned = outcome.assign && (await this.#evaluateAssigned(outcome.assign, given));
    const output = outcome.output ? new Payload(await this.evaluate(outcome.output, given)) : fallback;
    return { output: this.limit(output), assigned };
  }

  /** @throws {StateError} `States.DataLimitExceeded` when the payload is larger than a state may take or give. */
  limit(payload: Payload): Payload {
    if (payload.isTooLarge) throw this.failSize();
    return payload;
  }

  failSize(): StateError {
    return new StateError(
      'States.DataLimitExceeded',
      `The state/task '${this.state.name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }

  /** Records that the state was left, and makes its variables visible to the states after it. */
  leave(completion: Completion, next: string | null, previousEventId = this.strand.lastEventId): Step {
    const { output, assigned } = completion;
    const { type, name } = this.state;
    if (type === 'Fail') throw new TypeError('a Fail state is never left');
    this.strand.lastEventId = previousEventId;
    this.strand.record(`${type}StateExited`, 'stateExitedEventDetails', {
      name,
      output: output.text,
      outputDetails: NOT_TRUNCATED,
      ...(assigned && { assignedVariables: renderAssigned(assigned), assignedVariablesDetails: NOT_TRUNCATED }),
    });
    if (assigned) this.strand.variables.assign(assigned);
    this.strand.visit = undefined;
    return { output, next };
  }

  /** Records that a field could not be evaluated, and gives the error that the state fails with. */
  failEvaluation(location: string, message: string): StateError {
    const error = new StateError('States.QueryEvaluationError', this.explain(message));
    this.strand.record('EvaluationFailed', 'evaluationFailedEventDetails', {
      ...error.details,
      location,
      state: this.state.name,
    });
    return error;
  }

  /** The message as Step Functions puts it when the interpreter itself finds fault with a state. */
  explain(message: string): string {
    return `An error occurred while executing the state '${this.state.name}' (entered at the event id #${this.enteredEventId}). ${message}`;
  }

  async #evaluateAssigned(
    assign: ReadonlyMap<string, Template>,
    given: Given | undefined,
  ): Promise<ReadonlyMap<string, Payload>> {
    const assigned = new Map<string, Payload>();
    for (const [name, template] of assign) assigned.set(name, new Payload(await this.evaluate(template, given)));
    const refusal = this.strand.variables.explainRefusal(assigned);
    if (refusal !== null) throw new StateError('States.DataLimitExceeded', this.explain(refusal));
    return assigned;
  }

  #createScope(given: Given | undefined, mapItem: MapItem | undefined): ExpressionScope {
    const { variables } = this.strand;
    return {
      states: { input: this.input.value, ...given, context: this.#createContext(mapItem ?? this.strand.mapItem) },
      lookup: (name) => variables.lookup(name),
    };
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
  #createContext(mapItem: MapItem | undefined): JsonObject {
    const { name, type } = this.state;
    const canRetry = type === 'Task' || type === 'Parallel' || type === 'Map';
    return {
      ...this.strand.run.execution.context,
      State: { Name: name, EnteredTime: this.#enteredTime, ...(canRetry && { RetryCount: this.retryCount }) },
      ...(mapItem && { Map: { Item: { Index: mapItem.index, Value: mapItem.value, Source: mapItem.source } } }),
    };
  }

  #limitNumber(template: Template, value: number, minimum: number, maximum: number): number {
    if (value >= minimum && value <= maximum) return value;
    throw this.failEvaluation(
      template.location,
      `${describeTemplate(template)} must give a number from ${minimum} to ${maximum}, but gave ${value}.`,
    );
  }

  #failType(template: Template, expected: string, value: JsonValue): StateError {
    return this.failEvaluation(
      template.location,
      `${describeTemplate(template)} returned an unexpected result type. Expected '${expected}', but was '${describeJsonType(value)}' for value: ${JSON.stringify(value)}`,
    );
  }
}

function renderAssigned(assigned: ReadonlyMap<string, Payload>): Record<string, string> {
  return Object.fromEntries([...assigned].map(([name, payload]) => [name, payload.text]));
}
