// https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { Executions } from '../executions.ts';
import { PAYLOAD_BYTES_MAX, type Payload, parsePayload } from '../expressions/payload.ts';
import type { StateMachines } from '../state-machine.ts';
import { assertName, stateMachineArnSchema, trimLabel } from './names.ts';

export function startExecution(machines: StateMachines, executions: Executions): Operation {
  return defineOperation({
    name: 'StartExecution',
    input: z.strictObject({
      stateMachineArn: stateMachineArnSchema,
      name: z.string().optional(),
      input: z.string().default('{}'),
    }),
    needs: ({ stateMachineArn }) => [{ action: 'states:StartExecution', resource: trimLabel(stateMachineArn) }],
    handle({ stateMachineArn, name = executions.makeUpName(), input }) {
      assertName(name);
      const payload = parseInput(input);
      const machine = machines.get(trimLabel(stateMachineArn));
      if (machine.arn === stateMachineArn) machines.assertNotDeleting(machine.arn);
      const execution =
        machine.arn === stateMachineArn
          ? executions.start(machine, name, payload)
          : executions.startChild(stateMachineArn, name, payload);
      return { executionArn: execution.start.arn, startDate: execution.start.startMs / 1000 };
    },
  });
}

/** @throws {AwsError} `InvalidExecutionInput` */
function parseInput(text: string): Payload {
  if (text === '') throw refuseInput('Invalid execution input.');
  let payload: Payload;
  try {
    payload = parsePayload(text);
  } catch (error) {
    throw refuseInput(error instanceof Error ? error.message : String(error), error);
  }
  if (payload.isTooLarge) throw refuseInput(`It is larger than ${PAYLOAD_BYTES_MAX} bytes.`);
  return payload;
}

function refuseInput(problem: string, cause?: unknown): AwsError {
  return new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${problem}'`, { cause });
}
