import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { describeResource } from '../describe-stack.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

/** "up to the first 100 resources" */
const RESOURCES_MAX = 100;

export function describeStackResources(state: CloudformationState): Operation {
  return defineOperation({
    name: 'DescribeStackResources',
    input: z.strictObject({
      StackName: stackName.optional(),
      LogicalResourceId: z.string().optional(),
      PhysicalResourceId: z.string().optional(),
    }),
    needs: ({ StackName }) => [needOnStack(state, 'DescribeStackResources', StackName ?? '*')],
    handle({ StackName, LogicalResourceId, PhysicalResourceId }) {
      if ((StackName === undefined) === (PhysicalResourceId === undefined)) {
        throw new AwsError('ValidationError', 'Either StackName or PhysicalResourceId must be specified, not both.');
      }
      const stack = StackName === undefined ? findOwner(state, PhysicalResourceId) : state.stacks.get(StackName);
      const wanted = [...stack.resources.values()].filter(
        ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
      );
      return {
        StackResources: wanted.slice(0, RESOURCES_MAX).map((resource) => describeResource(stack, resource)),
      };
    },
  });
}

function findOwner({ stacks }: CloudformationState, physicalId: string | undefined) {
  const owner = stacks
    .list()
    .find((stack) => [...stack.resources.values()].some(({ provisioned }) => provisioned?.reference === physicalId));
  if (owner) return owner;
  throw new AwsError('ValidationError', `Stack for ${physicalId} does not exist`);
}
