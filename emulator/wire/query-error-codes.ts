// SQS and CloudWatch once spoke the AWS Query protocol. Its error codes live on in a header, for clients that know them.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait

/** By the error's name in JSON, where the two differ; from the `awsQueryError` traits of the services' models. */
export const QUERY_ERROR_CODES: Readonly<Record<'sqs' | 'cloudwatch', Readonly<Record<string, string>>>> = {
  sqs: {
    AccessDeniedException: 'AccessDenied',
    BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
    BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
    EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
    InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
    InvalidParameterValueException: 'InvalidParameterValue',
    MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
    MissingRequiredParameterException: 'MissingParameter',
    PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
    QueueDeletedRecently: 'AWS.SimpleQueueService.QueueDeletedRecently',
    QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
    QueueNameExists: 'QueueAlreadyExists',
    TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
  },
  cloudwatch: {
    AccessDeniedException: 'AccessDenied',
    InvalidParameterCombinationException: 'InvalidParameterCombination',
    InvalidParameterValueException: 'InvalidParameterValue',
    LimitExceededFault: 'LimitExceeded',
    MissingRequiredParameterException: 'MissingParameter',
    ValidationException: 'ValidationError',
  },
};
