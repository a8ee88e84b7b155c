// `${aws:PrincipalAccount}` and its like, in resources and in the values of conditions.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { type ConditionKey, findConditionKey } from './condition-keys.ts';
import type { PatternPart } from './pattern.ts';
import type { AccessRequest } from './request.ts';

/** Text as it stands, whose `*` and `?` may be wildcards; text to be taken literally; or a variable. */
type TextPart =
  | PatternPart
  | { readonly kind: 'variable'; readonly key: ConditionKey; readonly defaultText: string | undefined };

/** A text of a policy, with what stands in its place for a request. */
export interface PolicyText {
  /** Whether the request decides it. */
  readonly isVariable: boolean;
  /** What does not vary: all of it, unless `isVariable`. */
  readonly fixed: readonly PatternPart[];
  /** Undefined when a variable has no value: then nothing matches. */
  resolve(request: AccessRequest): readonly PatternPart[] | undefined;
}

const VARIABLE = /\$\{([^}]*)\}/g;
const SPECIAL_CHARACTERS = new Set(['*', '?', '$']);
const WITH_DEFAULT = /^([^,\s]+)\s*,\s*'([^']*)'$/;

/**
 * `hasVariables` is false for policies of a version before 2012-10-17, in which `${` means nothing.
 * @throws {UnsupportedFeatureError} for a variable that is not modelled.
 */
export function compilePolicyText(subject: string, text: string, hasVariables: boolean): PolicyText {
  const parts = hasVariables ? splitText(subject, text) : [{ kind: 'pattern', text } as const];
  const isVariable = parts.some(({ kind }) => kind === 'variable');
  const fixed = parts.filter((part) => part.kind !== 'variable');
  return {
    isVariable,
    fixed,
    resolve(request) {
      if (!isVariable) return fixed;
      const resolved: PatternPart[] = [];
      for (const part of parts) {
        if (part.kind !== 'variable') {
          resolved.push(part);
          continue;
        }
        const value = request.valuesOf(part.key)[0] ?? part.defaultText;
        if (value === undefined) return undefined;
        resolved.push({ kind: 'literal', text: value });
      }
      return resolved;
    },
  };
}

function splitText(subject: string, text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push({ kind: 'pattern', text: text.slice(end, match.index) });
    parts.push(parseVariable(subject, match[0], match[1] ?? ''));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'pattern', text: text.slice(end) });
  return parts;
}

function parseVariable(subject: string, variable: string, content: string): TextPart {
  const inner = content.trim();
  if (SPECIAL_CHARACTERS.has(inner)) return { kind: 'literal', text: inner };
  const [, named = inner, defaultText] = WITH_DEFAULT.exec(inner) ?? [];
  const key = findConditionKey(named);
  // "You cannot use a multivalued condition key as a policy variable."
  if (!key || key.isMultivalued) throw new UnsupportedFeatureError(subject, `policy variable ${variable}`);
  return { kind: 'variable', key, defaultText };
}
