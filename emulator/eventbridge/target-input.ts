// What a target gets of an event: all of it, a constant, a part of it, or what a template makes of it.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html

import { AwsError } from '../kernel/errors.ts';
import { parseInputTemplate } from './input-template.ts';
import { parseJsonPath } from './json-path.ts';
import type { BusEvent } from './rule.ts';
import type { TargetDefinition } from './target-definition.ts';

export interface InputContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** Epoch milliseconds. */
  readonly ingestedMs: number;
}

/** The payload for the target, as JSON but for templates of several texts. @throws {InvalidTemplateOutputError} */
export type InputRenderer = (event: BusEvent, context: InputContext) => string;

type Transformer = NonNullable<TargetDefinition['InputTransformer']>;

/** These stand for what EventBridge knows itself. */
const RESERVED_VARIABLES: Readonly<Record<string, (event: BusEvent, context: InputContext) => unknown>> = {
  'aws.events.rule-arn': (_event, { ruleArn }) => ruleArn,
  'aws.events.rule-name': (_event, { ruleName }) => ruleName,
  'aws.events.event.ingestion-time': (_event, { ingestedMs }) => new Date(ingestedMs).toISOString(),
  'aws.events.event': ({ detail: _detail, ...event }) => event,
  'aws.events.event.json': (event) => event,
};

/** @throws {AwsError} `ValidationException`. */
export function parseTargetInput(definition: TargetDefinition): InputRenderer {
  const { Id, Input, InputPath, InputTransformer } = definition;
  if ([Input, InputPath, InputTransformer].filter((given) => given !== undefined).length > 1) {
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined) return parseConstant(Id, Input);
  if (InputPath !== undefined) {
    const path = requirePath(Id, InputPath);
    return (event) => JSON.stringify(path(event) ?? null);
  }
  return InputTransformer ? parseTransformer(Id, InputTransformer) : (event) => JSON.stringify(event);
}

function parseConstant(targetId: string, input: string): InputRenderer {
  try {
    JSON.parse(input);
  } catch (cause) {
    throw invalid(`JSON syntax error in input for target ${targetId}.`, cause);
  }
  return () => input;
}

function parseTransformer(targetId: string, { InputPathsMap = {}, InputTemplate }: Transformer): InputRenderer {
  const paths = new Map(Object.entries(InputPathsMap).map(([name, path]) => [name, requirePath(targetId, path)]));
  const reserved = [...paths.keys()].find((name) => name.toLowerCase().startsWith('aws.'));
  if (reserved) throw invalid(`InputPathsMap for target ${targetId} contains the reserved key ${reserved}.`);
  const template = parseInputTemplate(InputTemplate);
  if (!template) throw invalid(`Invalid InputTemplate for target ${targetId}.`);
  const unknown = template.variableNames.find((name) => !paths.has(name) && !Object.hasOwn(RESERVED_VARIABLES, name));
  if (unknown !== undefined) {
    throw invalid(`InputTemplate for target ${targetId} contains invalid placeholder ${unknown}.`);
  }
  return (event, context) =>
    template.render((name) => {
      const path = paths.get(name);
      return path ? path(event) : RESERVED_VARIABLES[name]?.(event, context);
    });
}

function requirePath(targetId: string, text: string) {
  const path = parseJsonPath(text);
  if (path) return path;
  throw invalid(`Invalid JSONPath ${text} for target ${targetId}.`);
}

function invalid(message: string, cause?: unknown): AwsError {
  return new AwsError('ValidationException', message, { cause });
}
