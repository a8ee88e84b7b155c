// Names and ARNs that requests carry.

import { z } from 'zod';

/** Of state machines and executions: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export const NAME_RULE = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\ufffe\uffff]{1,80}$/u;

/** A machine, or a Map Run's part of one when `/label` follows. */
export const stateMachineArnSchema = z
  .string()
  .regex(/^arn:aws:states:[^:]+:\d{12}:stateMachine:[^:]+$/, 'Invalid Arn');
export const executionArnSchema = z
  .string()
  .regex(/^arn:aws:states:[^:]+:\d{12}:execution:[^:]+:[^:]+$/, 'Invalid Arn');
export const mapRunArnSchema = z.string().regex(/^arn:aws:states:[^:]+:\d{12}:mapRun:[^:]+:[^:]+$/, 'Invalid Arn');

/** The machine's own ARN, without a Map Run's label. */
export function trimLabel(stateMachineArn: string): string {
  return stateMachineArn.split('/')[0] ?? stateMachineArn;
}
