// Why a target did not take an event, and whether another attempt can help.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html

import { NoSuchRoleError } from '../iam/policy-store.ts';
import { AwsError } from '../kernel/errors.ts';
import { InvalidTemplateOutputError } from './input-template.ts';

export interface DeliveryError {
  /** As a dead letter names it: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
  readonly code: string;
  readonly message: string;
  readonly isRetriable: boolean;
}

/** Throttles that have status 400. */
const THROTTLE_CODES = new Set([
  'LimitExceededException',
  'OverLimit',
  'ProvisionedThroughputExceededException',
  'RequestThrottled',
  'Throttling',
  'ThrottlingException',
]);

const MISSING_CODES = new Set(['NonExistentQueue', 'QueueDoesNotExist', 'ResourceNotFoundException']);

/** Undefined for a fault of the emulator itself. */
export function explainDeliveryError(error: unknown): DeliveryError | undefined {
  if (error instanceof NoSuchRoleError) return permanent('FAILED_TO_ASSUME_ROLE', error.message);
  if (error instanceof InvalidTemplateOutputError) return permanent('INVALID_JSON', error.message);
  if (!(error instanceof AwsError)) return undefined;
  const { code, message, status } = error;
  if (status === 429 || THROTTLE_CODES.has(code)) return { code: 'THROTTLING', message, isRetriable: true };
  if (status >= 500) return { code: 'ERROR_FROM_TARGET', message, isRetriable: true };
  if (code.startsWith('AccessDenied')) return permanent('NO_PERMISSIONS', message);
  if (MISSING_CODES.has(code)) return permanent('NO_RESOURCE', message);
  return permanent('INVALID_PARAMETER', message);
}

function permanent(code: string, message: string): DeliveryError {
  return { code, message, isRetriable: false };
}
