import { z } from 'zod';
import { defineOperation, type Operation } from '../../kernel/operation.ts';
import type { ResourceChange } from '../change-set.ts';
import type { CloudformationState } from '../create-cloudformation-service.ts';
import { describeGivenParameters, renderTime } from '../describe-stack.ts';
import { findChangeSet, parseStackOfChangeSet } from '../find-change-set.ts';
import { takePage } from '../paging.ts';
import { booleanProperty } from '../property-schemas.ts';
import { stackName } from '../request-schemas.ts';
import { needOnStack } from '../stack-needs.ts';

export function describeChangeSet(state: CloudformationState): Operation {
  return defineOperation({
    name: 'DescribeChangeSet',
    input: z.strictObject({
      ChangeSetName: z.string(),
      StackName: stackName.optional(),
      IncludePropertyValues: booleanProperty.optional(),
      NextToken: z.string().optional(),
    }),
    needs: ({ StackName, ChangeSetName }) => [needOnStack(state, 'DescribeChangeSet', StackName ?? ChangeSetName)],
    handle({ ChangeSetName, StackName, NextToken }) {
      const stack = state.stacks.get(parseStackOfChangeSet(StackName, ChangeSetName, state.stacks.list()));
      const changeSet = findChangeSet(stack, ChangeSetName);
      const page = takePage(changeSet.changes, NextToken);
      return {
        ChangeSetName: changeSet.name,
        ChangeSetId: changeSet.id,
        StackId: stack.id,
        StackName: stack.name,
        Description: changeSet.description,
        Parameters: describeGivenParameters(changeSet),
        CreationTime: renderTime(changeSet.creationMs),
        ExecutionStatus: changeSet.executionStatus,
        Status: changeSet.status,
        StatusReason: changeSet.statusReason,
        NotificationARNs: [],
        RollbackConfiguration: {},
        Capabilities: changeSet.source.capabilities,
        Tags: changeSet.source.tags,
        Changes: page.items.map(describeChange),
        NextToken: page.NextToken,
        IncludeNestedStacks: changeSet.includesNestedStacks,
        OnStackFailure: changeSet.onStackFailure,
      };
    },
  });
}

function describeChange({ action, logicalId, physicalId, type, properties, policyAction }: ResourceChange) {
  const replaced = properties.some(({ requiresRecreation }) => requiresRecreation);
  return {
    Type: 'Resource',
    ResourceChange: {
      PolicyAction: policyAction,
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      ...(action === 'Modify' && { Replacement: replaced ? 'True' : 'False' }),
      Scope: action === 'Modify' ? ['Properties'] : [],
      Details: properties.map(({ name, requiresRecreation }) => ({
        Target: { Attribute: 'Properties', Name: name, RequiresRecreation: requiresRecreation ? 'Always' : 'Never' },
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      })),
    },
  };
}
