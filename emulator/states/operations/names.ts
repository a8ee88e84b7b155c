// Names and ARNs that requests carry.

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';

/** Of state machines and executions: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const NAME_RULE = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\ufffe\uffff]{1,80}$/u;

/** @throws {AwsError} `InvalidName` */
export function assertName(name: string): void {
  if (!NAME_RULE.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

/** A machine, or a Map Run's part of one when `/label` follows. */
export const stateMachineArnSchema = arnSchema('stateMachine', /^[^:]+$/);
export const executionArnSchema = arnSchema('execution', /^[^:]+:[^:]+$/);
export const mapRunArnSchema = arnSchema('mapRun', /^[^:]+:[^:]+$/);

/** The machine's own ARN, without a Map Run's label. */
export function trimLabel(stateMachineArn: string): string {
  return stateMachineArn.split('/')[0] ?? stateMachineArn;
}

/** Parsing throws `InvalidArn` itself: it is no `ValidationException`, which other problems with an input are. */
function arnSchema(resourceType: string, resource: RegExp) {
  return z
    .string()
    .min(1)
    .max(2000)
    .transform((arn) => {
      const problem = explainArn(arn, resourceType, resource);
      if (problem) throw new AwsError('InvalidArn', `Invalid Arn: '${problem}'`);
      return arn;
    });
}

function explainArn(arn: string, resourceType: string, resource: RegExp): string | undefined {
  const [, type, name] = /^arn:aws:states:[^:]+:\d{12}:([^:]+):(.+)$/.exec(arn) ?? [];
  if (type === undefined || name === undefined) return `Invalid ARN prefix: ${arn}`;
  if (type !== resourceType) return `Resource type not valid in this context: ${type}`;
  return resource.test(name) ? undefined : `Invalid resource name: ${name}`;
}
