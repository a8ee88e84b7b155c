import { describe, expect, test } from 'vitest';
import { createAccountServices } from '../../account-services.ts';
import { MetricStore } from '../../cloudwatch/metric-store.ts';
import { createAccessControl } from '../../iam/access-control.ts';
import { PolicyStore } from '../../iam/policy-store.ts';
import { createWorld } from '../../kernel/create-world.ts';
import { provisionAlone } from '../provision-alone.ts';
import { createBucketType } from './s3-bucket.ts';
import { createBucketNotificationsType } from './s3-bucket-notifications.ts';
import { createBucketPolicyType } from './s3-bucket-policy.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:events';
const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/events';
const BucketName = 'uploads';

function createAccount({ allowedBucket = BucketName } = {}) {
  const policies = new PolicyStore(ACCOUNT);
  const world = createWorld({
    seed: 1,
    startMs: 0,
    ...ACCOUNT,
    access: createAccessControl(policies),
    metrics: (clock, latency) => new MetricStore(clock, latency),
  });
  const services = createAccountServices(world, () => ({}));
  services.sqs.createQueue({ name: 'events', visibilityTimeoutSeconds: 30 });
  policies.addResourcePolicy(QUEUE_ARN, {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Principal: { Service: 's3.amazonaws.com' },
      Resource: QUEUE_ARN,
      Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${allowedBucket}` } },
    },
  });
  const call = async (service: string, operation: string, input: object): Promise<Record<string, unknown>> => {
    const answer = world.gateway.call({ service, operation, input, caller: { kind: 'root' } });
    return { ...((await world.clock.runUntilSettled(answer)) as object) };
  };
  const receive = async () => {
    await world.clock.runUntil(world.clock.now() + 60_000);
    const { Messages = [] } = (await call('sqs', 'ReceiveMessage', {
      QueueUrl: QUEUE_URL,
      MaxNumberOfMessages: 10,
    })) as { Messages?: { Body: string }[] };
    return Messages.map(({ Body }) => JSON.parse(Body));
  };
  return { policies, services, call, receive };
}

const OF_THE_TEMPLATE = {
  BucketName,
  NotificationConfiguration: {
    QueueConfigurations: [
      {
        Event: 's3:ObjectCreated:*',
        Queue: QUEUE_ARN,
        Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } },
      },
    ],
  },
};

describe('AWS::S3::Bucket', () => {
  test('tells the queues of its NotificationConfiguration, whose policies let it', async () => {
    const { policies, services, call, receive } = createAccount();

    await provisionAlone(createBucketType(services.s3, policies), OF_THE_TEMPLATE);
    await call('s3', 'PutObject', { Bucket: BucketName, Key: 'in/a' });
    await call('s3', 'PutObject', { Bucket: BucketName, Key: 'out/a' });

    const [testEvent, ...events] = await receive();
    expect(testEvent).toMatchObject({ Event: 's3:TestEvent', Bucket: BucketName });
    expect(events).toMatchObject([{ Records: [{ s3: { object: { key: 'in/a' } } }] }]);
  });

  test('is not made when a queue’s policy is for another bucket', async () => {
    const { policies, services } = createAccount({ allowedBucket: 'other' });

    await expect(provisionAlone(createBucketType(services.s3, policies), OF_THE_TEMPLATE)).rejects.toThrow(
      'Unable to validate the following destination configurations',
    );
  });

  test('names destinations that are not modelled', async () => {
    const { policies, services } = createAccount();
    const properties = { BucketName, NotificationConfiguration: { EventBridgeConfiguration: {} } };

    await expect(provisionAlone(createBucketType(services.s3, policies), properties)).rejects.toThrow(
      'property NotificationConfiguration.EventBridgeConfiguration is not modelled',
    );
  });
});

describe('Custom::S3BucketNotifications', () => {
  test('configures a bucket that is there', async () => {
    const { services, call, receive } = createAccount();
    services.s3.createBucket(BucketName);

    await provisionAlone(createBucketNotificationsType(services.s3), {
      ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:handler',
      BucketName,
      NotificationConfiguration: { QueueConfigurations: [{ Events: ['s3:ObjectCreated:*'], QueueArn: QUEUE_ARN }] },
      Managed: true,
      SkipDestinationValidation: 'false',
    });
    await call('s3', 'PutObject', { Bucket: BucketName, Key: 'k' });

    expect(await receive()).toHaveLength(2);
  });
});

describe('AWS::S3::BucketPolicy', () => {
  test('is what GetBucketPolicy shows', async () => {
    const { policies, services, call } = createAccount();
    services.s3.createBucket(BucketName);
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${BucketName}/*` };
    const PolicyDocument = { Version: '2012-10-17', Statement: [statement] };

    await provisionAlone(createBucketPolicyType(policies, services.s3), { Bucket: BucketName, PolicyDocument });

    const { Policy } = await call('s3', 'GetBucketPolicy', { Bucket: BucketName });
    expect(JSON.parse(String(Policy))).toEqual(PolicyDocument);
  });
});
