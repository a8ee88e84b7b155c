// SSM Parameter Store: standard parameters.

import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { getParameter } from './get-parameter.ts';
import { getParameters } from './get-parameters.ts';
import type { Parameter, ParameterValue } from './parameter.ts';
import { assertNewName, computeParameterArn } from './parameter-name.ts';
import { putParameter } from './put-parameter.ts';

export interface SsmState {
  find(name: string): Parameter | undefined;
  computeArn(name: string): string;
  /** Adds a version. @throws {AwsError} as `assertNewName` does. */
  put(parameter: ParameterValue): Parameter;
}

export interface SsmService {
  readonly service: Service;
  /** @throws {AwsError} `ParameterAlreadyExists`, and what a bad name gives. */
  createParameter(parameter: ParameterValue): void;
  /** Adds a version. @throws {AwsError} what a bad name gives. */
  overwriteParameter(parameter: ParameterValue): void;
  /** Does nothing when there is no such parameter. */
  deleteParameter(name: string): void;
  /** The value, decrypted, or undefined when there is no such parameter. */
  readParameter(name: string): string | undefined;
}

export function createSsmService(world: World): SsmService {
  const parameters = new Map<string, Parameter>();
  const state: SsmState = {
    find: (name) => parameters.get(name),
    computeArn: (name) => computeParameterArn(world, name),
    put(parameter) {
      const { name } = parameter;
      assertNewName(name);
      const version = (parameters.get(name)?.version ?? 0) + 1;
      const stored = {
        ...parameter,
        version,
        lastModifiedMs: world.clock.now(),
        arn: computeParameterArn(world, name),
      };
      parameters.set(name, stored);
      return stored;
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
    overwriteParameter(parameter) {
      state.put(parameter);
    },
    deleteParameter(name) {
      parameters.delete(name);
    },
    readParameter: (name) => parameters.get(name)?.value,
  };
}
