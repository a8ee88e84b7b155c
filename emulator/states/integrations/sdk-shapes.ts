// Where an SDK integration's names and values differ from the service's own wire JSON.
// Step Functions names parameters and results as the AWS SDK for Java 2.x does, in PascalCase, and prefixes errors with
// the SDK's client: https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
// Errors are those in the service models (github.com/aws/api-models-aws, read 2026-10).

export interface SdkShape {
  /** The client's name: the prefix of its errors. */
  readonly client: string;
  /** How the service itself begins the names of its members. */
  readonly wireCase: 'PascalCase' | 'camelCase';
  /** Error codes with an exception class of their own; all others surface as `<Client>.<Client>Exception`. */
  readonly modelledErrors: readonly string[];
  /** Names that the SDK spells differently: from Step Functions' to the wire's. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Members in epoch seconds on the wire, in ISO 8601 here. */
  readonly timestamps: readonly string[];
  /** Binary members, given as a string or any JSON here: as the gateway wants them. */
  readonly blobs: Readonly<Record<string, 'buffer' | 'base64'>>;
}

const NONE = { renamed: {}, timestamps: [], blobs: {} } as const;

const SDK_SHAPES: Readonly<Record<string, SdkShape>> = {
  cloudwatch: {
    ...NONE,
    client: 'CloudWatch',
    wireCase: 'PascalCase',
    modelledErrors: [
      'InternalServiceFault',
      'InvalidNextToken',
      'InvalidParameterCombinationException',
      'InvalidParameterValueException',
      'LimitExceededException',
      'MissingRequiredParameterException',
      'ResourceNotFoundException',
    ],
    timestamps: ['Timestamps', 'Timestamp'],
  },
  eventbridge: {
    ...NONE,
    client: 'EventBridge',
    wireCase: 'PascalCase',
    modelledErrors: [
      'ConcurrentModificationException',
      'InternalException',
      'InvalidEventPatternException',
      'LimitExceededException',
      'ManagedRuleException',
      'ResourceAlreadyExistsException',
      'ResourceNotFoundException',
    ],
    timestamps: ['Time', 'CreationTime', 'LastModifiedTime'],
  },
  firehose: {
    ...NONE,
    client: 'Firehose',
    wireCase: 'PascalCase',
    modelledErrors: [
      'ConcurrentModificationException',
      'InvalidArgumentException',
      'InvalidKMSResourceException',
      'InvalidSourceException',
      'LimitExceededException',
      'ResourceInUseException',
      'ResourceNotFoundException',
      'ServiceUnavailableException',
    ],
    timestamps: ['CreateTimestamp', 'LastUpdateTimestamp'],
    blobs: { Data: 'base64' },
  },
  kinesis: {
    ...NONE,
    client: 'Kinesis',
    wireCase: 'PascalCase',
    modelledErrors: [
      'AccessDeniedException',
      'ExpiredIteratorException',
      'ExpiredNextTokenException',
      'InternalFailureException',
      'InvalidArgumentException',
      'LimitExceededException',
      'ProvisionedThroughputExceededException',
      'ResourceInUseException',
      'ResourceNotFoundException',
      'ValidationException',
    ],
    timestamps: ['StreamCreationTimestamp', 'ApproximateArrivalTimestamp'],
    blobs: { Data: 'base64' },
  },
  lambda: {
    client: 'Lambda',
    wireCase: 'PascalCase',
    modelledErrors: [
      'InvalidParameterValueException',
      'InvalidRequestContentException',
      'PreconditionFailedException',
      'RequestTooLargeException',
      'ResourceConflictException',
      'ResourceInUseException',
      'ResourceNotFoundException',
      'ResourceNotReadyException',
      'ServiceException',
      'TooManyRequestsException',
    ],
    renamed: { Uuid: 'UUID', KmsKeyArn: 'KMSKeyArn' },
    timestamps: ['LastModified'],
    blobs: { Payload: 'buffer' },
  },
  s3: {
    client: 'S3',
    wireCase: 'PascalCase',
    modelledErrors: [
      'BucketAlreadyExists',
      'BucketAlreadyOwnedByYou',
      'EncryptionTypeMismatch',
      'InvalidObjectState',
      'InvalidRequest',
      'InvalidWriteOffset',
      'NoSuchBucket',
      'NoSuchKey',
      'NoSuchUpload',
      'NotFound',
      'TooManyParts',
    ],
    renamed: { Acl: 'ACL' },
    timestamps: ['LastModified', 'CreationDate'],
    blobs: { Body: 'buffer' },
  },
  sfn: {
    ...NONE,
    client: 'Sfn',
    wireCase: 'camelCase',
    modelledErrors: [
      'ExecutionAlreadyExists',
      'ExecutionDoesNotExist',
      'ExecutionLimitExceeded',
      'InvalidArn',
      'InvalidExecutionInput',
      'InvalidName',
      'InvalidToken',
      'ResourceNotFound',
      'StateMachineDeleting',
      'StateMachineDoesNotExist',
      'StateMachineTypeNotSupported',
      'ValidationException',
    ],
    timestamps: ['startDate', 'stopDate', 'creationDate', 'timestamp'],
  },
  sqs: {
    ...NONE,
    client: 'Sqs',
    wireCase: 'PascalCase',
    modelledErrors: [
      'BatchEntryIdsNotDistinct',
      'BatchRequestTooLong',
      'EmptyBatchRequest',
      'InvalidAttributeName',
      'InvalidAttributeValue',
      'InvalidMessageContents',
      'OverLimit',
      'PurgeQueueInProgress',
      'QueueDoesNotExist',
      'QueueNameExists',
      'ReceiptHandleIsInvalid',
      'RequestThrottled',
      'TooManyEntriesInBatchRequest',
      'UnsupportedOperation',
    ],
    renamed: { Md5OfBody: 'MD5OfBody', Md5OfMessageBody: 'MD5OfMessageBody' },
  },
  ssm: {
    ...NONE,
    client: 'Ssm',
    wireCase: 'PascalCase',
    modelledErrors: [
      'InternalServerError',
      'InvalidKeyId',
      'ParameterAlreadyExists',
      'ParameterLimitExceeded',
      'ParameterMaxVersionLimitExceeded',
      'ParameterNotFound',
      'ParameterPatternMismatchException',
      'ParameterVersionNotFound',
      'UnsupportedParameterType',
    ],
    renamed: { Arn: 'ARN' },
    timestamps: ['LastModifiedDate'],
  },
};

export function findSdkShape(service: string): SdkShape | undefined {
  return SDK_SHAPES[service];
}
