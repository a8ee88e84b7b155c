// AWS's own policies that roles of a template attach by ARN.

import { UnsupportedFeatureError } from '../kernel/errors.ts';

export const MANAGED_POLICIES: Readonly<Record<string, unknown>> = {
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
    ],
  },
};

/** @throws {UnsupportedFeatureError} when the emulator does not hold its text. */
export function findManagedPolicy(subject: string, arn: string): unknown {
  const document = MANAGED_POLICIES[arn];
  if (document === undefined) throw new UnsupportedFeatureError(subject, `managed policy ${arn}`);
  return document;
}
