// Why records were not transformed: codes and messages as Firehose reports them.
// https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html#monitoring-lambda-errors

import type { AwsError } from '../kernel/errors.ts';
import type { BufferedRecord } from './record.ts';

export interface TransformFailure {
  readonly code: string;
  readonly message: string;
}

export interface FailedRecord {
  readonly record: BufferedRecord;
  readonly failure: TransformFailure;
}

export const FAILURES = {
  functionError: {
    code: 'Lambda.FunctionError',
    message: 'The Lambda function was successfully invoked but it returned an error result.',
  },
  unreadable: {
    code: 'Lambda.JsonProcessingException',
    message:
      'There was an error parsing returned records from the Lambda function. Ensure that the returned records follow the status model required by Firehose.',
  },
  missingRecordId: {
    code: 'Lambda.MissingRecordId',
    message:
      'One or more record IDs were not returned. Ensure that the Lambda function returns all received record IDs.',
  },
  duplicatedRecordId: {
    code: 'Lambda.DuplicatedRecordId',
    message:
      'Multiple records were returned with the same record ID. Ensure that the Lambda function returns unique record IDs for each record.',
  },
  processingFailed: { code: 'Lambda.ProcessingFailedStatus', message: 'ProcessingFailed status set for record' },
} as const satisfies Record<string, TransformFailure>;

/** By the code that Invoke answers. */
const INVOKE_FAILURES: Readonly<Record<string, TransformFailure>> = {
  AccessDeniedException: {
    code: 'Lambda.InvokeAccessDenied',
    message: 'Access was denied. Ensure that the access policy allows access to the Lambda function.',
  },
  TooManyRequestsException: {
    code: 'Lambda.InvokeLimitExceeded',
    message: 'The Lambda concurrent execution limit is exceeded. Increase the concurrent execution limit.',
  },
  ResourceNotFoundException: {
    code: 'Lambda.ResourceNotFound',
    message: 'The specified Lambda function does not exist. Use a different function that does exist.',
  },
};

export function explainInvokeError({ code, message }: AwsError): TransformFailure {
  return INVOKE_FAILURES[code] ?? { code: `Lambda.${code}`, message };
}

/** One line: https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html */
export function renderFailedRecord(
  { record, failure }: FailedRecord,
  attempts: { made: number; endedMs: number; functionArn: string },
): string {
  return JSON.stringify({
    attemptsMade: attempts.made,
    arrivalTimestamp: record.arrivedMs,
    errorCode: failure.code,
    errorMessage: failure.message,
    attemptEndingTimestamp: attempts.endedMs,
    rawData: record.data.toString('base64'),
    lambdaArn: attempts.functionArn,
  });
}
