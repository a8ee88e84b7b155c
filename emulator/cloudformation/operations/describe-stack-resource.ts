import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { summarizeResource } from '../describe-stack.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

export function describeStackResource(state: CloudformationState): Operation {
  return defineOperation({
    name: 'DescribeStackResource',
    input: z.strictObject({ StackName: stackName, LogicalResourceId: z.string() }),
    needs: ({ StackName }) => [needOnStack(state, 'DescribeStackResource', StackName)],
    handle({ StackName, LogicalResourceId }) {
      const stack = state.stacks.find(StackName);
      if (!stack) throw new AwsError('ValidationError', `Stack '${StackName}' does not exist`);
      const resource = stack.resources.get(LogicalResourceId);
      if (!resource) {
        throw new AwsError('ValidationError', `Resource ${LogicalResourceId} does not exist for stack ${stack.name}`);
      }
      const metadata = stack.source.template.Resources[LogicalResourceId]?.Metadata;
      return {
        StackResourceDetail: {
          StackName: stack.name,
          StackId: stack.id,
          ...summarizeResource(resource),
          ...(metadata !== undefined && { Metadata: JSON.stringify(metadata) }),
        },
      };
    },
  });
}
