// https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html

import { z } from 'zod';
import { createPassRoleNeed } from '../../iam/pass-role.ts';
import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { MachineMaker } from '../machine-maker.ts';
import { machineSettings, refuseUnsupportedSettings } from './machine-settings.ts';
import { tagListSchema } from './tags.ts';

export function createStateMachine(maker: MachineMaker): Operation {
  return defineOperation({
    name: 'CreateStateMachine',
    input: z.strictObject({
      name: z.string(),
      definition: z.string().min(1).max(1_048_576),
      roleArn: z.string().min(1).max(256),
      type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
      tags: tagListSchema.default([]),
      ...machineSettings,
    }),
    needs: ({ name, roleArn }) => [
      { action: 'states:CreateStateMachine', resource: maker.nameArn(name) },
      createPassRoleNeed(roleArn, 'states.amazonaws.com'),
    ],
    /** The same request again gives the machine that it made. */
    handle(input) {
      if (input.type === 'EXPRESS') throw new UnsupportedFeatureError('CreateStateMachine', 'type EXPRESS');
      refuseUnsupportedSettings('CreateStateMachine', input);
      const machine = maker.findSame(input) ?? maker.create(input);
      return { stateMachineArn: machine.arn, creationDate: machine.creationMs / 1000 };
    },
  });
}
