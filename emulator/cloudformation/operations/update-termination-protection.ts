import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { booleanProperty } from '../property-schemas.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

export function updateTerminationProtection(state: CloudformationState): Operation {
  return defineOperation({
    name: 'UpdateTerminationProtection',
    input: z.strictObject({ StackName: stackName, EnableTerminationProtection: booleanProperty }),
    needs: ({ StackName }) => [needOnStack(state, 'UpdateTerminationProtection', StackName)],
    handle({ StackName, EnableTerminationProtection }) {
      const stack = state.stacks.get(StackName);
      stack.terminationProtection = EnableTerminationProtection;
      return { StackId: stack.id };
    },
  });
}
