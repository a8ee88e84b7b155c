// https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html

import { z } from 'zod';
import { createPassRoleNeed } from '../../iam/pass-role.ts';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { MachineMaker } from '../machine-maker.ts';
import { machineSettings, refuseUnsupportedSettings } from './machine-settings.ts';
import { stateMachineArnSchema } from './names.ts';

export function updateStateMachine(maker: MachineMaker): Operation {
  return defineOperation({
    name: 'UpdateStateMachine',
    input: z.strictObject({
      stateMachineArn: stateMachineArnSchema,
      definition: z.string().min(1).max(1_048_576).optional(),
      roleArn: z.string().min(1).max(256).optional(),
      ...machineSettings,
    }),
    needs: ({ stateMachineArn, roleArn }) => [
      { action: 'states:UpdateStateMachine', resource: stateMachineArn },
      ...(roleArn === undefined ? [] : [createPassRoleNeed(roleArn, 'states.amazonaws.com')]),
    ],
    handle(input) {
      refuseUnsupportedSettings('UpdateStateMachine', input);
      const { stateMachineArn, ...changes } = input;
      if (Object.values(changes).every((change) => change === undefined)) {
        throw new AwsError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
        );
      }
      const { machine, updateMs } = maker.update(stateMachineArn, changes);
      return { updateDate: updateMs / 1000, revisionId: machine.revisionId };
    },
  });
}
