import { App, Duration, aws_iam as iam, Stack, aws_sqs as sqs, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../create-test-account.fixture.ts';
import { PolicyStore } from '../../iam/policy-store.ts';
import { createRandom } from '../../kernel/random.ts';
import { deployStack } from '../deploy-stack.ts';
import { Stacks } from '../stacks.ts';
import { parseTemplate } from '../template.ts';
import { createQueueType } from './sqs-queue.ts';
import { createQueuePolicyType } from './sqs-queue-policy.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };

/** The stack that the CDK makes of `build`, deployed. */
async function deploy(build: (stack: Stack) => void) {
  const { services, call } = createTestAccount();
  const stack = new Stack(new App({ analyticsReporting: false }), 'tiny');
  build(stack);
  const { Resources } = Template.fromStack(stack).toJSON();
  await deployStack(
    { stackName: 'tiny', templateText: '', template: parseTemplate('tiny', { Resources }), assetFolders: new Map() },
    {
      ...ACCOUNT,
      types: [createQueueType(services.sqs), createQueuePolicyType(new PolicyStore(ACCOUNT), services.sqs)],
      stacks: new Stacks(),
      nowMs: 0,
      findStoredParameter: () => undefined,
      random: createRandom(1, 'stack'),
    },
  );
  const { QueueUrls = [] } = await call('sqs', 'ListQueues', {});
  const urls = QueueUrls as readonly string[];
  const readAttributes = async (index: number) => {
    const { Attributes } = await call('sqs', 'GetQueueAttributes', { QueueUrl: urls[index], AttributeNames: ['All'] });
    return Attributes as Record<string, string>;
  };
  return { urls, readAttributes, call };
}

describe('a queue of the CDK', () => {
  test('gets every attribute that its properties set', async () => {
    const { readAttributes, urls, call } = await deploy((stack) => {
      const queue = new sqs.Queue(stack, 'Queue', {
        queueName: 'orders',
        deliveryDelay: Duration.seconds(5),
        maxMessageSizeBytes: 2048,
        retentionPeriod: Duration.days(1),
        receiveMessageWaitTime: Duration.seconds(20),
        visibilityTimeout: Duration.minutes(2),
        encryption: sqs.QueueEncryption.SQS_MANAGED,
        redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL },
      });
      Tags.of(queue).add('team', 'one');
    });

    expect(await readAttributes(0)).toMatchObject({
      DelaySeconds: '5',
      MaximumMessageSize: '2048',
      MessageRetentionPeriod: '86400',
      ReceiveMessageWaitTimeSeconds: '20',
      VisibilityTimeout: '120',
      SqsManagedSseEnabled: 'true',
      RedriveAllowPolicy: '{"redrivePermission":"denyAll"}',
    });
    expect(await call('sqs', 'ListQueueTags', { QueueUrl: urls[0] })).toEqual({ Tags: { team: 'one' } });
  });

  test('of type FIFO gets a name that ends so, and its dead-letter queue', async () => {
    const { readAttributes, urls } = await deploy((stack) => {
      const dead = new sqs.Queue(stack, 'Dead', { fifo: true });
      new sqs.Queue(stack, 'Source', {
        fifo: true,
        contentBasedDeduplication: true,
        deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
        fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
        deadLetterQueue: { queue: dead, maxReceiveCount: 3 },
      });
    });
    const [dead, source] = [await readAttributes(0), await readAttributes(1)];

    for (const url of urls) expect(url).toMatch(/\/tiny-(Dead|Source)\w+-\w{12}\.fifo$/);
    expect(source).toMatchObject({
      FifoQueue: 'true',
      ContentBasedDeduplication: 'true',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.QueueArn, maxReceiveCount: 3 }),
    });
  });

  test('shows the policy that the template gives it', async () => {
    const { readAttributes } = await deploy((stack) => {
      const queue = new sqs.Queue(stack, 'Queue');
      queue.grantSendMessages(new iam.ServicePrincipal('events.amazonaws.com'));
    });

    const { Policy = '', QueueArn } = await readAttributes(0);

    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Resource: QueueArn }],
    });
  });

  test('with a key of one’s own is refused by name', async () => {
    const deployment = deploy((stack) => {
      new sqs.Queue(stack, 'Queue', { encryption: sqs.QueueEncryption.KMS_MANAGED });
    });

    await expect(deployment).rejects.toThrow('property KmsMasterKeyId of');
  });
});
