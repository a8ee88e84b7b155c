// A standard parameter in its newest version, and how the API shows it.

export const PARAMETER_TYPES = ['String', 'StringList', 'SecureString'] as const;

export type ParameterType = (typeof PARAMETER_TYPES)[number];

export interface ParameterValue {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
}

export interface Parameter extends ParameterValue {
  /** 1 when it is new. */
  readonly version: number;
  readonly lastModifiedMs: number;
  readonly arn: string;
}

/** A SecureString shows as it is stored unless its decryption is asked for. */
export function describeParameter(parameter: Parameter, withDecryption: boolean) {
  const { name, type, value, version, lastModifiedMs, arn } = parameter;
  return {
    Name: name,
    Type: type,
    Value: type === 'SecureString' && !withDecryption ? renderEncrypted(value) : value,
    Version: version,
    LastModifiedDate: lastModifiedMs / 1000,
    ARN: arn,
    DataType: 'text',
  };
}

/** Nothing is really encrypted: it only must not be mistaken for the value. */
function renderEncrypted(value: string): string {
  return `kms:alias/aws/ssm:${Buffer.from(value).toString('base64')}`;
}
