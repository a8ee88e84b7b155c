// A request's template and parameters as what a stack is made from.

import { z } from 'zod';
import { NoSuchRoleError } from '../iam/policy-store.ts';
import type { Principal } from '../kernel/access.ts';
import { AwsError } from '../kernel/errors.ts';
import type { CloudformationState } from './create-cloudformation-service.ts';
import { CircularDependencyError, TemplateError } from './errors.ts';
import { loadTemplateText } from './load-template-text.ts';
import type { SourceMembers } from './request-schemas.ts';
import { resolveParameters } from './resolve-parameters.ts';
import type { Stack, StackSource } from './stack.ts';
import { planStack, type StackPlan } from './stack-plan.ts';
import { parseTemplateText, type Template } from './template.ts';
import { findRequiredCapabilities } from './template-summary.ts';

export interface SourceRequest extends SourceMembers {
  readonly UsePreviousTemplate?: boolean | undefined;
}

const storedSchema = z.object({
  Parameters: z.array(z.object({ Name: z.string(), Value: z.string() })),
  InvalidParameters: z.array(z.string()).default([]),
});

/**
 * `previous` is the stack's present source, of which the request may keep template and values.
 * @throws {AwsError} `ValidationError`, `InsufficientCapabilitiesException`, and what S3 and the Parameter Store answer.
 */
export async function readSource(
  state: CloudformationState,
  request: SourceRequest,
  options: { readonly stackName: string; readonly caller: Principal; readonly previous?: StackSource },
): Promise<StackSource> {
  const { stackName, caller, previous } = options;
  const templateText =
    request.UsePreviousTemplate && previous
      ? previous.templateText
      : await loadTemplateText(state.world.gateway, request, caller);
  const template = explainProblems(() => parseTemplateText(stackName, templateText));
  assertCapabilities(template, request.Capabilities);
  const given = new Map(
    request.Parameters.map(({ ParameterKey, ParameterValue, UsePreviousValue }) => [
      ParameterKey,
      UsePreviousValue ? (previous?.given.get(ParameterKey) ?? '') : (ParameterValue ?? ''),
    ]),
  );
  const stored = await readStoredParameters(state, template, given, caller);
  const resolved = explainProblems(() => resolveParameters(template, (name) => stored.get(name), given));
  return { templateText, template, given, resolved, tags: request.Tags, capabilities: request.Capabilities };
}

/** @throws {AwsError} `ValidationError`. @throws {UnsupportedFeatureError} */
export function planSource(
  state: CloudformationState,
  source: StackSource,
  stack: { readonly name: string; readonly id: string },
): StackPlan {
  const { region, accountId } = state.world;
  return explainProblems(() =>
    planStack(source.template, {
      types: state.types,
      identity: { stackName: stack.name, stackId: stack.id, region, accountId },
      parameters: source.resolved,
      findExport: (name) => state.stacks.findExport(name)?.value,
    }),
  );
}

/** Who makes the resources. @throws {AwsError} `ValidationError` when CloudFormation may not take on the role. */
export function resolveExecutor(
  { policies }: CloudformationState,
  stackId: string,
  roleArn: string | undefined,
  caller: Principal,
): Principal {
  if (roleArn === undefined) return caller;
  if (!trustsCloudformation(policies, roleArn, stackId)) {
    throw new AwsError('ValidationError', `Role ${roleArn} is invalid or cannot be assumed`);
  }
  return { kind: 'role', roleArn, sessionName: 'AWSCloudFormation' };
}

export function createStackId({ world, random }: CloudformationState, stackName: string): string {
  return `arn:aws:cloudformation:${world.region}:${world.accountId}:stack/${stackName}/${random.uuid()}`;
}

/** @throws {AwsError} `ValidationError` for what is wrong with the template. */
export function explainProblems<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateError || error instanceof CircularDependencyError) {
      throw new AwsError('ValidationError', error.message, { cause: error });
    }
    throw error;
  }
}

/** @throws {AwsError} `ValidationError` when something else is under way. */
export function assertUpdatable(stack: Stack, isUpdatable: boolean): void {
  if (isUpdatable) return;
  throw new AwsError('ValidationError', `Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

function trustsCloudformation(policies: CloudformationState['policies'], roleArn: string, stackId: string): boolean {
  try {
    return policies.trusts(roleArn, 'cloudformation.amazonaws.com', stackId);
  } catch (error) {
    if (error instanceof NoSuchRoleError) return false;
    throw error;
  }
}

function assertCapabilities(template: Template, capabilities: readonly string[]): void {
  const [required] = findRequiredCapabilities(template);
  const isGranted = capabilities.some((capability) => capability === required || capability === 'CAPABILITY_NAMED_IAM');
  if (required === undefined || isGranted) return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${required}]`);
}

async function readStoredParameters(
  { world }: CloudformationState,
  template: Template,
  given: ReadonlyMap<string, string>,
  caller: Principal,
): Promise<ReadonlyMap<string, string>> {
  const names = Object.entries(template.Parameters)
    .filter(([, { Type }]) => Type === 'AWS::SSM::Parameter::Value<String>')
    .flatMap(([name, { Default }]) => given.get(name) ?? Default ?? []);
  if (names.length === 0) return new Map();
  const answer = await world.gateway.call({
    service: 'ssm',
    operation: 'GetParameters',
    caller,
    input: { Names: [...new Set(names)] },
  });
  const { Parameters, InvalidParameters } = storedSchema.parse(answer);
  if (InvalidParameters.length > 0) {
    throw new AwsError(
      'ValidationError',
      `Unable to fetch parameters [${InvalidParameters.join(',')}] from parameter store for this account.`,
    );
  }
  return new Map(Parameters.map(({ Name, Value }) => [Name, Value]));
}
