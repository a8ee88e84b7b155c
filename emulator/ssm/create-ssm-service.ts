// SSM Parameter Store: standard parameters.

import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { getParameter } from './get-parameter.ts';
import { getParameters } from './get-parameters.ts';
import { putParameter } from './put-parameter.ts';

export interface Parameter {
  readonly name: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly value: string;
  readonly version: number;
  readonly lastModifiedMs: number;
}

export interface SsmState {
  readonly parameters: Map<string, Parameter>;
  computeArn(name: string): string;
  put(parameter: Pick<Parameter, 'name' | 'type' | 'value'>): Parameter;
}

export interface SsmService {
  readonly service: Service;
  createParameter(parameter: Pick<Parameter, 'name' | 'type' | 'value'>): void;
  /** The value, or undefined when there is no such parameter. */
  readParameter(name: string): string | undefined;
}

export function createSsmService(world: World): SsmService {
  const parameters = new Map<string, Parameter>();
  const state: SsmState = {
    parameters,
    computeArn: (name) =>
      name.startsWith('arn:')
        ? name
        : `arn:aws:ssm:${world.region}:${world.accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
    put({ name, type, value }) {
      const version = (parameters.get(name)?.version ?? 0) + 1;
      const parameter = { name, type, value, version, lastModifiedMs: world.clock.now() };
      parameters.set(name, parameter);
      return parameter;
    },
  };
  return {
    service: { name: 'ssm', operations: [getParameter(state), getParameters(state), putParameter(state)] },
    createParameter(parameter) {
      if (parameters.has(parameter.name)) {
        throw new AwsError('ParameterAlreadyExists', `The parameter ${parameter.name} already exists.`);
      }
      state.put(parameter);
    },
    readParameter: (name) => parameters.get(name)?.value,
  };
}

/** A SecureString is shown encrypted unless asked for otherwise. */
export function describeParameter(state: SsmState, parameter: Parameter, withDecryption: boolean) {
  const { name, type, value, version, lastModifiedMs } = parameter;
  const isHidden = type === 'SecureString' && !withDecryption;
  return {
    Name: name,
    Type: type,
    Value: isHidden ? `kms:alias/aws/ssm:${Buffer.from(value).toString('base64')}` : value,
    Version: version,
    LastModifiedDate: lastModifiedMs / 1000,
    ARN: state.computeArn(name),
    DataType: 'text',
  };
}
