// What can be told of a template without a stack.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplateSummary.html

import type { Template } from './template.ts';

/** Resources that change what the account's own policies allow. */
const IAM_TYPES: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'AWS::IAM::Policy']);

/** Properties that give such a resource a name of the template's choice. */
const NAME_PROPERTY = 'RoleName';

export function findRequiredCapabilities(template: Template): ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM')[] {
  const resources = Object.values(template.Resources).filter(({ Type }) => IAM_TYPES.has(Type));
  if (resources.length === 0) return [];
  const isNamed = resources.some(({ Properties }) => Object.hasOwn(Properties, NAME_PROPERTY));
  return [isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'];
}

export function describeCapabilities(template: Template) {
  const capabilities = findRequiredCapabilities(template);
  if (capabilities.length === 0) return {};
  const types = Object.values(template.Resources).flatMap(({ Type }) => (IAM_TYPES.has(Type) ? [Type] : []));
  return {
    Capabilities: capabilities,
    CapabilitiesReason: `The following resource(s) require capabilities: [${[...new Set(types)].join(', ')}]`,
  };
}

export function describeParameters(template: Template) {
  return Object.entries(template.Parameters).map(([key, { Type, Default, NoEcho, Description, AllowedValues }]) => ({
    ParameterKey: key,
    ParameterType: Type,
    DefaultValue: Default,
    NoEcho: NoEcho ?? false,
    Description,
    ...(AllowedValues && { ParameterConstraints: { AllowedValues } }),
  }));
}
