import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountServices } from '../../account-services.ts';
import { MetricStore } from '../../cloudwatch/metric-store.ts';
import { createAccessControl } from '../../iam/access-control.ts';
import { AccessKeys } from '../../iam/access-keys.ts';
import { PolicyStore } from '../../iam/policy-store.ts';
import { createWorld } from '../../kernel/create-world.ts';
import { createRandom } from '../../kernel/random.ts';
import { deployStack } from '../deploy-stack.ts';
import { Stacks } from '../stacks.ts';
import { parseTemplate } from '../template.ts';
import { createResourceTypes } from './resource-types.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };

let codeFolder = '';
beforeAll(async () => {
  codeFolder = join(await mkdtemp(join(tmpdir(), 'code-')), 'asset');
  await mkdir(codeFolder);
  await writeFile(join(codeFolder, 'index.js'), 'exports.handler = async () => 1;');
});
afterAll(() => rm(join(codeFolder, '..'), { recursive: true }));

async function deploy(resources: Readonly<Record<string, unknown>>) {
  const world = createWorld({
    seed: 1,
    startMs: 0,
    ...ACCOUNT,
    access: { authorize() {} },
    metrics: (clock, latency) => new MetricStore(clock, latency),
  });
  const services = createAccountServices(world, () => ({}));
  const policies = new PolicyStore(ACCOUNT);
  const account = {
    services,
    policies,
    access: createAccessControl(policies),
    accessKeys: new AccessKeys(createRandom(1, 'keys')),
  };
  const stack = await deployStack(
    {
      stackName: 'tiny',
      templateText: '',
      template: parseTemplate('tiny', { Resources: resources }),
      assetFolders: new Map([['assets/code.zip', codeFolder]]),
    },
    {
      ...ACCOUNT,
      types: createResourceTypes(account),
      stacks: new Stacks(),
      nowMs: 0,
      findStoredParameter: () => undefined,
      random: createRandom(1, 'stack'),
    },
  );
  return { services, resources: stack.resources };
}

const roleOf = (service: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
    },
  },
});
const roleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };
const FUNCTION = {
  Role: roleOf('lambda.amazonaws.com'),
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'poll',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] },
      Roles: [{ Ref: 'Role' }],
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
      Handler: 'index.handler',
      Role: roleArn,
      Runtime: 'nodejs24.x',
      FunctionName: 'function',
      Environment: { Variables: { A: 'b' } },
    },
  },
};
const DESTINATION = { BucketARN: 'arn:aws:s3:::bucket', RoleARN: roleArn };

describe('what Ref and Fn::GetAtt give', () => {
  it.each([
    ['AWS::S3::Bucket', { BucketName: 'bucket' }, 'bucket', { Arn: 'arn:aws:s3:::bucket' }],
    [
      'AWS::SQS::Queue',
      { QueueName: 'q', VisibilityTimeout: '60' },
      'https://sqs.us-east-1.amazonaws.com/000000000000/q',
      { Arn: 'arn:aws:sqs:us-east-1:000000000000:q', QueueName: 'q' },
    ],
    [
      'AWS::Kinesis::Stream',
      { Name: 's', ShardCount: 2, StreamModeDetails: { StreamMode: 'PROVISIONED' } },
      's',
      { Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s' },
    ],
    [
      'AWS::Events::EventBus',
      { Name: 'bus' },
      'bus',
      { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/bus', Name: 'bus' },
    ],
    [
      'AWS::Logs::LogGroup',
      { LogGroupName: '/logs', RetentionInDays: 14 },
      '/logs',
      { Arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/logs:*' },
    ],
    ['AWS::SSM::Parameter', { Name: '/p', Type: 'String', Value: 'v' }, '/p', { Type: 'String', Value: 'v' }],
  ])('%s with %j', async (Type, Properties, physicalId, attributes) => {
    const { resources } = await deploy({ Thing: { Type, Properties } });

    expect(resources.Thing).toMatchObject({ physicalId, attributes });
  });

  it('a function, and a mapping of a queue to it', async () => {
    const { resources, services } = await deploy({
      ...FUNCTION,
      Queue: { Type: 'AWS::SQS::Queue' },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, FunctionName: { Ref: 'Function' } },
        DependsOn: 'Policy',
      },
    });

    expect(resources.Function).toMatchObject({
      physicalId: 'function',
      attributes: { Arn: 'arn:aws:lambda:us-east-1:000000000000:function:function' },
    });
    expect(services.lambda.findFunction('function').props).toMatchObject({
      codeFolder,
      memorySizeMb: 128,
      timeoutSeconds: 3,
      environment: { A: 'b' },
      roleArn: resources.Role?.attributes.Arn,
    });
    const uuid = resources.Mapping?.physicalId ?? '';
    expect(services.lambda.mappings.find(uuid).settings).toMatchObject({ batchSize: 10, windowSeconds: 0 });
    expect(resources.Mapping?.attributes.EventSourceMappingArn).toBe(
      `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${uuid}`,
    );
  });

  it('a rule of a bus', async () => {
    const { resources } = await deploy({
      ...FUNCTION,
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventBusName: { Ref: 'Bus' },
          EventPattern: { source: ['s'] },
          Name: 'rule',
          State: 'ENABLED',
          Targets: [{ Arn: { 'Fn::GetAtt': ['Function', 'Arn'] }, Id: 'T' }],
        },
      },
    });

    expect(resources.Rule).toMatchObject({
      physicalId: 'bus|rule',
      attributes: { Arn: 'arn:aws:events:us-east-1:000000000000:rule/bus/rule' },
    });
  });

  it('a delivery stream', async () => {
    const { resources } = await deploy({
      Role: roleOf('firehose.amazonaws.com'),
      Stream: {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        Properties: { DeliveryStreamName: 'd', ExtendedS3DestinationConfiguration: DESTINATION },
      },
    });

    expect(resources.Stream).toMatchObject({
      physicalId: 'd',
      attributes: { Arn: 'arn:aws:firehose:us-east-1:000000000000:deliverystream/d' },
    });
  });
});

describe('what is refused', () => {
  it.each([
    ['AWS::SQS::Queue', { KmsMasterKeyId: 'k' }, 'property KmsMasterKeyId of Thing (AWS::SQS::Queue) is not modelled'],
    ['AWS::SQS::Queue', { RedrivePolicy: {} }, 'Redrive policy does not contain mandatory attribute'],
    ['AWS::SQS::Queue', { VisibilityTimeout: 43_201 }, 'Invalid value for the parameter VisibilityTimeout.'],
    [
      'AWS::Kinesis::Stream',
      { ShardCount: 1, StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
      'property StreamModeDetails.StreamMode with value "ON_DEMAND" is not modelled',
    ],
    ['AWS::S3::Bucket', { VersioningConfiguration: {} }, 'property VersioningConfiguration of Thing'],
    ['AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)' }, 'property ScheduleExpression of Thing'],
    [
      'AWS::Events::Rule',
      { EventBusName: 'b', EventPattern: { a: ['b'] }, Targets: [{ Id: 'T', Arn: 'a', EcsParameters: {} }] },
      'property Targets.0.EcsParameters is not modelled',
    ],
    ['AWS::SSM::Parameter', { Type: 'SecureString', Value: 'v' }, 'Type: Invalid option'],
    ['Custom::Other', {}, 'resource Thing (Custom::Other) is not modelled'],
  ])('%s with %j', async (Type, Properties, message) => {
    await expect(deploy({ Thing: { Type, Properties } })).rejects.toThrow(message);
  });

  it.each([
    ['a function', 'events.amazonaws.com', FUNCTION.Function, 'cannot be assumed by Lambda'],
    [
      'a delivery stream',
      'lambda.amazonaws.com',
      {
        Type: 'AWS::KinesisFirehose::DeliveryStream',
        Properties: { ExtendedS3DestinationConfiguration: DESTINATION },
      },
      'Firehose is unable to assume role arn:aws:iam::000000000000:role/tiny-Role-',
    ],
  ])('%s whose role trusts another service', async (_, service, Thing, message) => {
    await expect(deploy({ Role: roleOf(service), Thing })).rejects.toThrow(message);
  });

  it('a mapping whose function may not poll', async () => {
    const { Policy: _, ...resources } = FUNCTION;
    const Mapping = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:q', FunctionName: { Ref: 'Function' } },
    };

    await expect(deploy({ ...resources, Mapping })).rejects.toThrow(
      'Mapping (AWS::Lambda::EventSourceMapping): The function execution role does not have permissions to call ReceiveMessage on SQS',
    );
  });

  it('a runtime that is not modelled', async () => {
    const Properties = { ...FUNCTION.Function.Properties, Runtime: 'python3.14' };

    await expect(deploy({ ...FUNCTION, Function: { ...FUNCTION.Function, Properties } })).rejects.toThrow(
      'Function (AWS::Lambda::Function): property Runtime with value "python3.14" is not modelled by the emulator',
    );
  });
});
