// An emulated account whose administrator makes stacks with a real SDK client, in virtual time.

import {
  CloudFormationClient,
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  type DeleteStackCommandInput,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { createEmulator } from '../emulator.ts';

const MINUTES_10_MS = 600_000;

export const QUEUE = { Type: 'AWS::SQS::Queue' };
/** S3 refuses the name of a bucket that is there. */
export const TAKEN_BUCKET = {
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName: 'cdk-hnb659fds-assets-000000000000-us-east-1' },
};

export function createTestStacks() {
  const emulator = createEmulator({ seed: 1, startMs: Date.UTC(2026, 0, 1) });
  const config = emulator.administratorClientConfig();
  const client = new CloudFormationClient(config);
  const run = <T>(promise: Promise<T>) => emulator.runUntilSettled(promise);
  const pass = () => emulator.clock.runUntil(emulator.clock.now() + MINUTES_10_MS);
  const listEvents = async (StackName: string) => {
    const { StackEvents = [] } = await run(client.send(new DescribeStackEventsCommand({ StackName })));
    return StackEvents.toReversed();
  };
  return {
    emulator,
    config,
    client,
    run,
    pass,
    /** Only asks for it. */
    async create(template: object, input: Partial<CreateStackCommandInput> = {}): Promise<string> {
      const TemplateBody = JSON.stringify(template);
      const { StackId = '' } = await run(
        client.send(new CreateStackCommand({ StackName: 'tiny', TemplateBody, ...input })),
      );
      return StackId;
    },
    async update(template: object, input: Partial<UpdateStackCommandInput> = {}): Promise<void> {
      const TemplateBody = JSON.stringify(template);
      await run(client.send(new UpdateStackCommand({ StackName: 'tiny', TemplateBody, ...input })));
    },
    async remove(input: Partial<DeleteStackCommandInput> = {}): Promise<void> {
      await run(client.send(new DeleteStackCommand({ StackName: 'tiny', ...input })));
    },
    async describe(StackName = 'tiny') {
      return (await run(client.send(new DescribeStacksCommand({ StackName })))).Stacks?.[0];
    },
    listEvents,
    /** `<logical id> <status>`, oldest first. */
    async listSteps(StackName = 'tiny'): Promise<string[]> {
      const events = await listEvents(StackName);
      return events.map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`);
    },
  };
}
