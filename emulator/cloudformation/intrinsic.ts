// Finding intrinsic functions in a template's values.

import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { TemplateError } from './errors.ts';

export interface IntrinsicCall {
  /** `Ref`, or `Fn::…`. */
  readonly name: string;
  readonly argument: unknown;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The call that `value` stands for, if any.
 * @throws {TemplateError} when a function has company in its object.
 */
export function findIntrinsicCall(value: JsonObject): IntrinsicCall | undefined {
  const names = Object.keys(value);
  const name = names.find((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (name === undefined) return undefined;
  if (names.length > 1) throw new TemplateError(`${name} must be alone in its object, got ${names.join(', ')}`);
  return { name, argument: value[name] };
}

const getAttArgument = z.union([
  z.tuple([z.string(), z.string()]),
  z
    .string()
    .regex(/^[^.]+\../)
    .transform((text): [string, string] => splitOnce(text)),
]);

/** Both forms: `["Queue", "Arn"]` and `"Queue.Arn"`. */
export function parseGetAtt(argument: unknown): [logicalId: string, attribute: string] {
  return parseArgument('Fn::GetAtt', getAttArgument, argument);
}

const subArgument = z.union([
  z.string().transform((text) => ({ text, variables: {} })),
  z.tuple([z.string(), z.record(z.string(), z.unknown())]).transform(([text, variables]) => ({ text, variables })),
]);

export interface SubArgument {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function parseSub(argument: unknown): SubArgument {
  return parseArgument('Fn::Sub', subArgument, argument);
}

/** What stands in `${…}`; a leading `!` keeps it as it is. */
export const SUB_PLACEHOLDER = /\$\{([^}]*)\}/g;

/** A name within `${…}` as the function that it is short for. */
export function expandPlaceholder(name: string): IntrinsicCall {
  return name.includes('.') ? { name: 'Fn::GetAtt', argument: name } : { name: 'Ref', argument: name };
}

/** @throws {TemplateError} */
export function parseArgument<Schema extends z.ZodType>(
  functionName: string,
  schema: Schema,
  argument: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(argument);
  if (parsed.success) return parsed.data;
  throw new TemplateError(`${functionName} does not take ${JSON.stringify(argument)}`, { cause: parsed.error });
}

export function refuseIntrinsic(name: string): never {
  throw new UnsupportedFeatureError('template', `intrinsic function ${name}`);
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('.');
  return [text.slice(0, at), text.slice(at + 1)];
}
