// A parameter in one of its versions, and how the API shows it.

export const PARAMETER_TYPES = ['String', 'StringList', 'SecureString'] as const;

export type ParameterType = (typeof PARAMETER_TYPES)[number];

export type ParameterTier = 'Standard' | 'Advanced';

export interface ParameterValue {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly description?: string | undefined;
  /** Default `Standard`. */
  readonly tier?: ParameterTier;
}

export interface Parameter extends ParameterValue {
  readonly tier: ParameterTier;
  /** 1 when it is new. */
  readonly version: number;
  readonly lastModifiedMs: number;
  /** The ARN of whoever put it. */
  readonly lastModifiedUser: string;
  readonly arn: string;
}

/** What a SecureString is encrypted with unless somebody asks for another key, which is not modelled. */
export const DEFAULT_KEY_ID = 'alias/aws/ssm';

/** `selector` as it was asked for: `:3`. A SecureString shows as it is stored unless its decryption is asked for. */
export function renderParameter(parameter: Parameter, withDecryption: boolean, selector?: string) {
  const { name, version, lastModifiedMs, arn, type } = parameter;
  return {
    Name: name,
    Type: type,
    Value: renderValue(parameter, withDecryption),
    Version: version,
    ...(selector !== undefined && { Selector: selector }),
    LastModifiedDate: lastModifiedMs / 1000,
    ARN: arn,
    DataType: 'text',
  };
}

/** Everything but the value. */
export function renderMetadata(parameter: Parameter) {
  return { ...renderOrigin(parameter), ARN: parameter.arn };
}

export function renderVersion(parameter: Parameter, withDecryption: boolean) {
  return { ...renderOrigin(parameter), Value: renderValue(parameter, withDecryption), Labels: [] };
}

function renderOrigin({ name, type, version, lastModifiedMs, lastModifiedUser, description, tier }: Parameter) {
  return {
    Name: name,
    Type: type,
    ...(type === 'SecureString' && { KeyId: DEFAULT_KEY_ID }),
    LastModifiedDate: lastModifiedMs / 1000,
    LastModifiedUser: lastModifiedUser,
    ...(description !== undefined && { Description: description }),
    Version: version,
    Tier: tier,
    Policies: [],
    DataType: 'text',
  };
}

function renderValue({ type, value }: Parameter, withDecryption: boolean): string {
  return type === 'SecureString' && !withDecryption ? renderEncrypted(value) : value;
}

/** Nothing is really encrypted: it only must not be mistaken for the value. */
function renderEncrypted(value: string): string {
  return `kms:${DEFAULT_KEY_ID}:${Buffer.from(value).toString('base64')}`;
}
