// What a parameter may be called, and its ARN.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';

/** Of the whole name, levels included. */
const NAME_LENGTH_MAX = 1011;
const LEVELS_MAX = 15;

/** @throws {AwsError} `ValidationException`, `HierarchyLevelLimitExceededException`. */
export function assertNewName(name: string): void {
  if (!/^[\w.\-/]+$/.test(name)) {
    throw new AwsError(
      'ValidationException',
      `Parameter name ${name}: only a mix of letters, numbers and _.-/ is allowed`,
    );
  }
  if (name.length > NAME_LENGTH_MAX) {
    throw new AwsError(
      'ValidationException',
      `Parameter name: at most ${NAME_LENGTH_MAX} characters are allowed, got ${name.length}`,
    );
  }
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw new AwsError('ValidationException', `Parameter name ${name}: can't be prefixed with "aws" or "ssm"`);
  }
  if (!name.includes('/')) return;
  if (!name.startsWith('/')) {
    throw new AwsError('ValidationException', `Parameter name ${name} must be a fully qualified name`);
  }
  const levels = name.split('/').length - 1;
  if (levels > LEVELS_MAX) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${LEVELS_MAX} levels, got ${levels}`,
    );
  }
}

/** Names are looked up as they are. @throws {UnsupportedFeatureError} for an ARN, a version or a label. */
export function assertPlainName(operationName: string, name: string): void {
  if (name.includes(':')) {
    throw new UnsupportedFeatureError(`ssm.${operationName}`, `an ARN, a version or a label in the name ${name}`);
  }
}

export function computeParameterArn(account: { region: string; accountId: string }, name: string): string {
  const separator = name.startsWith('/') ? '' : '/';
  return `arn:aws:ssm:${account.region}:${account.accountId}:parameter${separator}${name}`;
}
