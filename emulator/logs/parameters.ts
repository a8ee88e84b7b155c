// Parameters that several operations take, and the error for one that does not fit.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/CommonErrors.html

import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { defineOperation, type Operation, type OperationSpecification } from '../kernel/operation.ts';

export const groupNameSchema = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[.\-_/#A-Za-z0-9]+$/);

export const streamNameSchema = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^:*]*$/);

export const groupIdentifierSchema = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^[\w#+=/:,.@-]*$/);

/** Epoch milliseconds. */
export const timestampSchema = z.int().min(0);

/** As `defineOperation`, but what does not fit is an `InvalidParameterException`, as CloudWatch Logs has it. */
export function defineLogsOperation<Schema extends z.ZodType, Output>(
  specification: OperationSpecification<Schema, Output>,
): Operation {
  return defineOperation({
    ...specification,
    refuse: (reason, cause) =>
      new AwsError('InvalidParameterException', `1 validation error detected: ${reason}`, { cause }),
  });
}

/** A group is named by one of two parameters. @throws {AwsError} `InvalidParameterException`. */
export function chooseGroup(input: {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}): string {
  const { logGroupName, logGroupIdentifier } = input;
  const name = logGroupName ?? logGroupIdentifier;
  if (name !== undefined && (logGroupName === undefined || logGroupIdentifier === undefined)) return name;
  throw new AwsError(
    'InvalidParameterException',
    'Exactly one of logGroupName and logGroupIdentifier must be specified.',
  );
}

/** @throws {UnsupportedFeatureError} for masked data shown: nothing is masked here. */
export function refuseUnmask(operationName: string, unmask: boolean | undefined): void {
  if (unmask) throw new UnsupportedFeatureError(operationName, 'unmask true');
}

export function refuseToken(): AwsError {
  return new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
}
