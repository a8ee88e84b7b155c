// What a parameter may be called, and the ways to refer to one.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';

interface Account {
  readonly region: string;
  readonly accountId: string;
}

export interface ParameterReference {
  readonly name: string;
  /** Of a selector, `:3` behind the name; without one, the newest version is meant. */
  readonly version: number | undefined;
  readonly selector: string | undefined;
  /** The ARN of `a` is that of `/a` too: taken from it, the name has its slash, which the parameter may lack. */
  readonly isFromArn: boolean;
}

/** Of the whole ARN: "the maximum length for a parameter name, including the full length of the parameter ARN". */
const ARN_LENGTH_MAX = 1011;
const LEVELS_MAX = 15;

const NAME_RULE =
  'If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_';
const PATH_RULE =
  'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.';

/** @throws {AwsError} `ValidationException`, `AccessDeniedException`, `HierarchyLevelLimitExceededException`. */
export function assertNewName(account: Account, name: string): void {
  if (/^\/aws/i.test(name))
    throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  if (/^(aws|\/?ssm)/i.test(name)) {
    throw refuseName(
      name.startsWith('/')
        ? `Parameter name: can't be prefixed with "ssm" (case-insensitive). ${NAME_RULE}`
        : 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
    );
  }
  if (!/^\/?[\w.-]+(\/[\w.-]+)*$/.test(name)) {
    throw refuseName(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive). ${NAME_RULE}`);
  }
  if (name.includes('/') && !name.startsWith('/')) throw refuseName('Parameter name must be a fully qualified name.');
  const arnLength = computeParameterArn(account, name).length;
  if (arnLength > ARN_LENGTH_MAX) {
    throw refuseName(`Parameter name: the ARN can have a maximum of ${ARN_LENGTH_MAX} characters, got ${arnLength}.`);
  }
  const levels = name.split('/').length - 1;
  if (levels > LEVELS_MAX) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `A hierarchy can have a maximum of ${LEVELS_MAX} levels, got ${levels}.`,
    );
  }
}

/** @throws {AwsError} `ValidationException`. */
export function assertPath(path: string): void {
  if (!/^\/([\w.-]+\/?)*$/.test(path) || path.includes('//')) throw refuseName(PATH_RULE);
}

/**
 * A name or an ARN, each perhaps with a version behind it.
 * @throws {UnsupportedFeatureError} for a label, and for the ARN of another account's or Region's parameter.
 */
export function parseReference(operationName: string, text: string, account: Account): ParameterReference {
  const subject = `ssm.${operationName}`;
  const isFromArn = text.startsWith('arn:');
  const rest = isFromArn ? stripArn(subject, text, account) : text;
  const [name = '', selected, ...others] = rest.split(':');
  // More than one colon: there is no parameter of such a name.
  if (selected === undefined || others.length > 0)
    return { name: rest, version: undefined, selector: undefined, isFromArn };
  if (!/^\d+$/.test(selected)) throw new UnsupportedFeatureError(subject, `the label ${selected} in the name ${text}`);
  return { name, version: Number(selected), selector: `:${selected}`, isFromArn };
}

export function computeParameterArn(account: Account, name: string): string {
  const separator = name.startsWith('/') ? '' : '/';
  return `arn:aws:ssm:${account.region}:${account.accountId}:parameter${separator}${name}`;
}

function stripArn(subject: string, text: string, account: Account): string {
  const own = `arn:aws:ssm:${account.region}:${account.accountId}:parameter`;
  if (!text.startsWith(`${own}/`)) throw new UnsupportedFeatureError(subject, `a parameter shared as ${text}`);
  return text.slice(own.length);
}

function refuseName(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
