// Errors that many operations share, under their names in JSON; wire/query-error-codes.ts has the older codes.

import { AwsError } from '../kernel/errors.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
export function createInvalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

export function createInvalidValue(value: string | number, parameter: string, reason: string): AwsError {
  return createInvalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

/** For what a FIFO queue takes and a standard one does not, and the other way round. */
export function createWrongQueueType(value: string | number, parameter: string): AwsError {
  return createInvalidValue(value, parameter, 'The request include parameter that is not valid for this queue type.');
}

export function createMissingParameter(parameter: string): AwsError {
  return new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${parameter}.`);
}

export function createNoSuchQueue(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function createUnknownAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

export function createInvalidAttribute(name: string, reason?: string): AwsError {
  return new AwsError(
    'InvalidAttributeValue',
    `Invalid value for the parameter ${name}.${reason === undefined ? '' : ` Reason: ${reason}`}`,
  );
}
