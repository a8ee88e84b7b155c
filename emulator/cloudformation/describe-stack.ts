// Stacks, resources and events as the API shows them. Its XML has times in ISO 8601.

import type { Stack, StackEvent, StackResource } from './stack.ts';

export function renderTime(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

const NOT_CHECKED = { StackDriftStatus: 'NOT_CHECKED' } as const;

export function describeStack(stack: Stack) {
  const { source } = stack;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: source.template.Description,
    Parameters: describeGivenParameters(stack),
    CreationTime: renderTime(stack.creationMs),
    DeletionTime: stack.deletionMs === undefined ? undefined : renderTime(stack.deletionMs),
    LastUpdatedTime: stack.updatedMs === undefined ? undefined : renderTime(stack.updatedMs),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: [],
    Capabilities: source.capabilities,
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    RoleARN: stack.roleArn,
    Tags: source.tags,
    EnableTerminationProtection: stack.terminationProtection,
    DriftInformation: NOT_CHECKED,
  };
}

/** Values that are not to be shown are stars. */
export function describeGivenParameters({ source: { template, given, resolved } }: Pick<Stack, 'source'>) {
  return Object.entries(template.Parameters).map(([name, { Type, Default, NoEcho }]) => ({
    ParameterKey: name,
    ParameterValue: NoEcho ? '****' : (given.get(name) ?? Default),
    ...(Type.startsWith('AWS::SSM::') && { ResolvedValue: String(resolved.get(name)) }),
  }));
}

export function summarizeStack(stack: Stack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.source.template.Description,
    CreationTime: renderTime(stack.creationMs),
    LastUpdatedTime: stack.updatedMs === undefined ? undefined : renderTime(stack.updatedMs),
    DeletionTime: stack.deletionMs === undefined ? undefined : renderTime(stack.deletionMs),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DriftInformation: NOT_CHECKED,
  };
}

export function describeEvent(stack: Stack, event: StackEvent) {
  return {
    StackId: stack.id,
    EventId: event.eventId,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: renderTime(event.timeMs),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.clientRequestToken,
  };
}

export function describeResource(stack: Stack, resource: StackResource) {
  return {
    StackName: stack.name,
    StackId: stack.id,
    ...summarizeIdentity(resource),
    Timestamp: renderTime(resource.changedMs),
  };
}

export function summarizeResource(resource: StackResource) {
  return { ...summarizeIdentity(resource), LastUpdatedTimestamp: renderTime(resource.changedMs) };
}

function summarizeIdentity(resource: StackResource) {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.provisioned?.reference,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}
