// https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { StateMachines } from '../state-machine.ts';
import { stateMachineArnSchema } from './names.ts';

export function listTagsForResource(machines: StateMachines): Operation {
  return defineOperation({
    name: 'ListTagsForResource',
    input: z.strictObject({ resourceArn: stateMachineArnSchema }),
    needs: ({ resourceArn }) => [{ action: 'states:ListTagsForResource', resource: resourceArn }],
    handle({ resourceArn }) {
      const machine = machines.find(resourceArn);
      if (!machine) throw new AwsError('ResourceNotFound', `Resource not found: '${resourceArn}'`);
      return { tags: machine.tags };
    },
  });
}
