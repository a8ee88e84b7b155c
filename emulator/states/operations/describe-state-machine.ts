// https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { StateMachines } from '../state-machine.ts';
import { stateMachineArnSchema } from './names.ts';

export function describeStateMachine(machines: StateMachines): Operation {
  return defineOperation({
    name: 'DescribeStateMachine',
    input: z.strictObject({ stateMachineArn: stateMachineArnSchema }),
    needs: ({ stateMachineArn }) => [{ action: 'states:DescribeStateMachine', resource: stateMachineArn }],
    handle({ stateMachineArn }) {
      const machine = machines.get(stateMachineArn);
      return {
        stateMachineArn: machine.arn,
        name: machine.name,
        status: machines.statusOf(machine.arn),
        definition: machine.definitionText,
        roleArn: machine.roleArn,
        type: 'STANDARD',
        creationDate: machine.creationMs / 1000,
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: { enabled: false },
        ...(machine.revisionId !== undefined && { revisionId: machine.revisionId }),
      };
    },
  });
}
