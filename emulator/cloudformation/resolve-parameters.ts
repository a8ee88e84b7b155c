// Values of a template's parameters.

import { TemplateError } from './errors.ts';
import type { Template, TemplateParameter } from './template.ts';

/** Gives a value of the Parameter Store, or `undefined` where there is none. */
export type FindStoredParameter = (name: string) => string | undefined;

/**
 * Every parameter takes its default: a deployment gives none.
 * @throws {TemplateError} for a parameter without a default, or with one that it does not allow.
 */
export function resolveParameters(template: Template, findStoredParameter: FindStoredParameter): Map<string, unknown> {
  return new Map(
    Object.entries(template.Parameters).map(([name, parameter]) => [
      name,
      resolveParameter(name, parameter, findStoredParameter),
    ]),
  );
}

function resolveParameter(
  name: string,
  parameter: TemplateParameter,
  findStoredParameter: FindStoredParameter,
): string | string[] {
  const value = parameter.Default;
  if (value === undefined) throw new TemplateError(`parameter ${name} must have a value, and has no default`);
  if (parameter.AllowedValues && !parameter.AllowedValues.includes(value)) {
    throw new TemplateError(`parameter ${name} must be one of ${parameter.AllowedValues.join(', ')}, got ${value}`);
  }
  switch (parameter.Type) {
    case 'AWS::SSM::Parameter::Value<String>':
      return loadStoredParameter(name, value, findStoredParameter);
    case 'CommaDelimitedList':
      return value.split(',').map((item) => item.trim());
    case 'Number':
      if (!Number.isFinite(Number(value))) throw new TemplateError(`parameter ${name} must be a number, got ${value}`);
      return value;
    case 'String':
      return value;
  }
}

function loadStoredParameter(name: string, storedName: string, findStoredParameter: FindStoredParameter): string {
  const stored = findStoredParameter(storedName);
  if (stored === undefined) {
    throw new TemplateError(`parameter ${name} is the SSM parameter ${storedName}, which does not exist`);
  }
  return stored;
}
