// The `Resource` and `NotResource` elements.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { compilePattern } from './pattern.ts';
import { compilePolicyText } from './policy-variable.ts';
import type { AccessRequest } from './request.ts';

type ResourceTest = (request: AccessRequest) => boolean;

/** A text whose variable has no value matches nothing. */
export function compileResources(subject: string, texts: readonly string[], hasVariables: boolean): ResourceTest {
  const tests = texts.map((text): ResourceTest => {
    const policyText = compilePolicyText(subject, text, hasVariables);
    if (!policyText.isVariable) {
      const pattern = compilePattern(policyText.fixed);
      return ({ need }) => pattern.matches(need.resource);
    }
    return (request) => {
      const parts = policyText.resolve(request);
      return parts !== undefined && compilePattern(parts).matches(request.need.resource);
    };
  });
  return (request) => tests.some((test) => test(request));
}

/** @throws {UnsupportedFeatureError} for a variable, of which AWS does not say what it excludes when it has no value. */
export function compileNotResources(subject: string, texts: readonly string[], hasVariables: boolean): ResourceTest {
  const variable = texts.find((text) => compilePolicyText(subject, text, hasVariables).isVariable);
  if (variable) throw new UnsupportedFeatureError(subject, `a policy variable in NotResource ${variable}`);
  const test = compileResources(subject, texts, hasVariables);
  return (request) => !test(request);
}
