// JSON with `{% … %}` expressions anywhere inside, compiled once.

import { compileExpression, type Expression, type ExpressionScope } from './expression.ts';
import type { ExpressionFunction } from './expression-functions.ts';
import { isJsonArray, isJsonObject, type JsonValue } from './json-value.ts';

export type Template =
  | { readonly kind: 'literal'; readonly location: string; readonly value: JsonValue }
  | { readonly kind: 'expression'; readonly location: string; readonly expression: Expression }
  | { readonly kind: 'object'; readonly location: string; readonly members: readonly (readonly [string, Template])[] }
  | { readonly kind: 'array'; readonly location: string; readonly elements: readonly Template[] };

/** A string is an expression when it begins with `{%` and ends with `%}`, and a literal otherwise. */
const EXPRESSION = /^\{%(.*)%\}$/s;

export function isExpressionText(value: unknown): value is string {
  return typeof value === 'string' && EXPRESSION.test(value);
}

/** @throws {InvalidExpressionError} */
export function compileTemplate(
  value: JsonValue,
  location: string,
  functions: ReadonlyMap<string, ExpressionFunction>,
): Template {
  if (typeof value === 'string') {
    const text = EXPRESSION.exec(value)?.[1]?.trim();
    if (text === undefined) return { kind: 'literal', location, value };
    return { kind: 'expression', location, expression: compileExpression(text, location, functions) };
  }
  if (isJsonArray(value)) {
    const elements = value.map((element, index) => compileTemplate(element, `${location}[${index}]`, functions));
    return elements.every(isLiteral) ? { kind: 'literal', location, value } : { kind: 'array', location, elements };
  }
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(
      ([key, member]) => [key, compileTemplate(member, `${location}/${key}`, functions)] as const,
    );
    if (members.every(([, member]) => isLiteral(member))) return { kind: 'literal', location, value };
    return { kind: 'object', location, members };
  }
  return { kind: 'literal', location, value };
}

/** @throws {QueryEvaluationError} */
export async function evaluateTemplate(template: Template, scope: ExpressionScope): Promise<JsonValue> {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return template.expression.evaluate(scope);
    case 'array': {
      const elements: JsonValue[] = [];
      for (const element of template.elements) elements.push(await evaluateTemplate(element, scope));
      return elements;
    }
    case 'object': {
      const members: Record<string, JsonValue> = {};
      for (const [key, member] of template.members) {
        members[key] = member.kind === 'literal' ? member.value : await evaluateTemplate(member, scope);
      }
      return members;
    }
  }
}

/** What error messages call the template: its expression's text, or its place. */
export function describeTemplate(template: Template): string {
  return template.kind === 'expression'
    ? `The JSONata expression '${template.expression.text}' specified for the field '${template.location}'`
    : `The field '${template.location}'`;
}

function isLiteral(template: Template): boolean {
  return template.kind === 'literal';
}
