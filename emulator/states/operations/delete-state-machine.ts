// https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import { stateMachineArnSchema } from './names.ts';

/** `startDeleting` begins what goes on after the answer. */
export function deleteStateMachine(startDeleting: (arn: string) => Promise<void>): Operation {
  return defineOperation({
    name: 'DeleteStateMachine',
    input: z.strictObject({ stateMachineArn: stateMachineArnSchema }),
    needs: ({ stateMachineArn }) => [{ action: 'states:DeleteStateMachine', resource: stateMachineArn }],
    handle({ stateMachineArn }) {
      void startDeleting(stateMachineArn);
      return {};
    },
  });
}
