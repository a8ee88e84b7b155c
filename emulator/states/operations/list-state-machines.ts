// https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { StateMachines } from '../state-machine.ts';
import { pagingInput, parsePage, renderNextToken } from './paging.ts';

export function listStateMachines(machines: StateMachines): Operation {
  return defineOperation({
    name: 'ListStateMachines',
    input: z.strictObject(pagingInput),
    needs: () => [{ action: 'states:ListStateMachines', resource: '*' }],
    handle(input) {
      const page = parsePage(input);
      const listed = machines.list();
      return {
        stateMachines: listed.slice(page.fromIndex, page.fromIndex + page.count).map(({ arn, name, creationMs }) => ({
          stateMachineArn: arn,
          name,
          type: 'STANDARD',
          creationDate: creationMs / 1000,
        })),
        ...renderNextToken(page, listed.length),
      };
    },
  });
}
