// Values of a template's parameters.

import { TemplateError } from './errors.ts';
import type { Template, TemplateParameter } from './template.ts';

/** Gives a value of the Parameter Store, or `undefined` where there is none. */
export type FindStoredParameter = (name: string) => string | undefined;

/**
 * What `Ref` of each parameter gives, from the values given at deployment, or else the defaults.
 * @throws {TemplateError} for a parameter without a value, with one that it does not allow, or that the template lacks.
 */
export function resolveParameters(
  template: Template,
  findStoredParameter: FindStoredParameter,
  given: ReadonlyMap<string, string> = new Map(),
): Map<string, unknown> {
  const unknown = [...given.keys()].filter((name) => !Object.hasOwn(template.Parameters, name));
  if (unknown.length > 0) throw new TemplateError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const missing = Object.entries(template.Parameters)
    .filter(([name, { Default }]) => Default === undefined && !given.has(name))
    .map(([name]) => name);
  if (missing.length > 0) throw new TemplateError(`Parameters: [${missing.join(', ')}] must have values`);
  return new Map(
    Object.entries(template.Parameters).map(([name, parameter]) => [
      name,
      resolveParameter(name, parameter, given.get(name) ?? parameter.Default ?? '', findStoredParameter),
    ]),
  );
}

function resolveParameter(
  name: string,
  parameter: TemplateParameter,
  value: string,
  findStoredParameter: FindStoredParameter,
): string | string[] {
  assertAllowed(name, parameter, value);
  switch (parameter.Type) {
    case 'AWS::SSM::Parameter::Value<String>':
      return loadStoredParameter(name, value, findStoredParameter);
    case 'CommaDelimitedList':
      return value.split(',').map((item) => item.trim());
    case 'Number':
      if (!Number.isFinite(Number(value))) throw new TemplateError(`Parameter '${name}' must be a number.`);
      return value;
    case 'String':
      return value;
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
function assertAllowed(name: string, parameter: TemplateParameter, value: string): void {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = parameter;
  const problem =
    (AllowedValues && !AllowedValues.includes(value) && `must be one of AllowedValues`) ||
    (AllowedPattern !== undefined &&
      !new RegExp(`^(?:${AllowedPattern})$`).test(value) &&
      `must match pattern ${AllowedPattern}`) ||
    (MinLength !== undefined && value.length < MinLength && `must contain at least ${MinLength} characters`) ||
    (MaxLength !== undefined && value.length > MaxLength && `must contain at most ${MaxLength} characters`) ||
    (MinValue !== undefined && Number(value) < MinValue && `must be a number not less than ${MinValue}`) ||
    (MaxValue !== undefined && Number(value) > MaxValue && `must be a number not greater than ${MaxValue}`);
  if (!problem) return;
  throw new TemplateError(
    parameter.ConstraintDescription
      ? `Parameter ${name} failed to satisfy constraint: ${parameter.ConstraintDescription}`
      : `Parameter '${name}' ${problem}`,
  );
}

function loadStoredParameter(name: string, storedName: string, findStoredParameter: FindStoredParameter): string {
  const stored = findStoredParameter(storedName);
  if (stored === undefined) {
    throw new TemplateError(`parameter ${name} is the SSM parameter ${storedName}, which does not exist`);
  }
  return stored;
}
