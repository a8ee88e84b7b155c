// Replaces intrinsic functions by what they stand for.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html

import { z } from 'zod';
import { TemplateError } from './errors.ts';
import {
  expandPlaceholder,
  findIntrinsicCall,
  isJsonObject,
  parseArgument,
  parseGetAtt,
  parseSub,
  refuseIntrinsic,
  SUB_PLACEHOLDER,
} from './intrinsic.ts';

/** What names in a template stand for. Each of these throws a `TemplateError` for a name that the template lacks. */
export interface Scope {
  /** A parameter, a resource or a pseudo parameter. */
  findReference(name: string): unknown;
  findAttribute(logicalId: string, attribute: string): unknown;
  findMapping(mapName: string, topKey: string, secondKey: string): unknown;
  findExport(name: string): string;
  isConditionTrue(name: string): boolean;
}

/** What `AWS::NoValue` gives: the property or item is as good as not there. */
export const NO_VALUE = Symbol('AWS::NoValue');

/**
 * @throws {TemplateError}
 * @throws {UnsupportedFeatureError} for a function that is not modelled.
 */
export function resolveValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, scope)).filter((item) => item !== NO_VALUE);
  if (!isJsonObject(value)) return value;
  const call = findIntrinsicCall(value);
  if (call) return resolveCall(call.name, call.argument, scope);
  const entries = Object.entries(value).map(([key, item]) => [key, resolveValue(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== NO_VALUE));
}

type Resolver = (argument: unknown, scope: Scope) => unknown;

const RESOLVERS: ReadonlyMap<string, Resolver> = new Map(
  Object.entries({
    Ref: (argument, scope) => scope.findReference(parseArgument('Ref', z.string(), argument)),
    'Fn::GetAtt': (argument, scope) => scope.findAttribute(...parseGetAtt(argument)),
    'Fn::Sub': resolveSub,
    'Fn::Join': resolveJoin,
    'Fn::Select': resolveSelect,
    'Fn::Split': resolveSplit,
    'Fn::If': resolveIf,
    'Fn::FindInMap': resolveFindInMap,
    'Fn::ImportValue': (argument, scope) =>
      scope.findExport(parseText('Fn::ImportValue', resolveValue(argument, scope))),
    'Fn::Base64': (argument, scope) =>
      Buffer.from(parseText('Fn::Base64', resolveValue(argument, scope))).toString('base64'),
  } satisfies Record<string, Resolver>),
);

function resolveCall(name: string, argument: unknown, scope: Scope): unknown {
  const resolver = RESOLVERS.get(name) ?? refuseIntrinsic(name);
  return resolver(argument, scope);
}

function resolveSub(argument: unknown, scope: Scope): string {
  const { text, variables } = parseSub(argument);
  return text.replaceAll(SUB_PLACEHOLDER, (placeholder, inner: string) => {
    if (inner.startsWith('!')) return `\${${inner.slice(1)}}`;
    const name = inner.trim();
    if (Object.hasOwn(variables, name)) return parseText('Fn::Sub', resolveValue(variables[name], scope));
    const call = expandPlaceholder(name);
    return parseText(`Fn::Sub with ${placeholder}`, resolveCall(call.name, call.argument, scope));
  });
}

function resolveJoin(argument: unknown, scope: Scope): string {
  const [delimiter, items] = parseArgument('Fn::Join', z.tuple([z.string(), z.unknown()]), argument);
  return parseList('Fn::Join', resolveValue(items, scope))
    .map((item) => parseText('Fn::Join', item))
    .join(delimiter);
}

function resolveSelect(argument: unknown, scope: Scope): unknown {
  const [rawIndex, rawItems] = parseArgument('Fn::Select', z.tuple([z.unknown(), z.unknown()]), argument);
  const index = parseArgument('Fn::Select', z.coerce.number().int().min(0), resolveValue(rawIndex, scope));
  const items = parseList('Fn::Select', resolveValue(rawItems, scope));
  if (index >= items.length) {
    throw new TemplateError(`Fn::Select cannot select index ${index} of ${items.length} values`);
  }
  return items[index];
}

function resolveSplit(argument: unknown, scope: Scope): string[] {
  const [delimiter, source] = parseArgument('Fn::Split', z.tuple([z.string().min(1), z.unknown()]), argument);
  return parseText('Fn::Split', resolveValue(source, scope)).split(delimiter);
}

function resolveIf(argument: unknown, scope: Scope): unknown {
  const [name, whenTrue, whenFalse] = parseArgument(
    'Fn::If',
    z.tuple([z.string(), z.unknown(), z.unknown()]),
    argument,
  );
  return resolveValue(scope.isConditionTrue(name) ? whenTrue : whenFalse, scope);
}

function resolveFindInMap(argument: unknown, scope: Scope): unknown {
  const resolved = resolveValue(argument, scope);
  return scope.findMapping(...parseArgument('Fn::FindInMap', z.tuple([z.string(), z.string(), z.string()]), resolved));
}

function parseText(functionName: string, value: unknown): string {
  return parseArgument(functionName, z.union([z.string(), z.number(), z.boolean()]).transform(String), value);
}

function parseList(functionName: string, value: unknown): unknown[] {
  return parseArgument(functionName, z.array(z.unknown()), value);
}
