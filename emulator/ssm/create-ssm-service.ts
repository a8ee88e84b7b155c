// SSM Parameter Store.

import { AwsError } from '../kernel/errors.ts';
import type { Service } from '../kernel/operation.ts';
import type { World } from '../kernel/world.ts';
import { deleteParameter } from './delete-parameter.ts';
import { deleteParameters } from './delete-parameters.ts';
import { describeParameters } from './describe-parameters.ts';
import { getParameter } from './get-parameter.ts';
import { getParameterHistory } from './get-parameter-history.ts';
import { getParameters } from './get-parameters.ts';
import { getParametersByPath } from './get-parameters-by-path.ts';
import type { ParameterValue } from './parameter.ts';
import { ParameterStore } from './parameter-store.ts';
import { type AskedTier, resolveTier } from './parameter-tier.ts';
import { putParameter } from './put-parameter.ts';

/** `tier` as a request or a template asks for it. Default `Standard`. */
export interface NewParameter extends Omit<ParameterValue, 'tier'> {
  readonly tier?: AskedTier | undefined;
}

export interface SsmService {
  readonly service: Service;
  /**
   * As the account's owner.
   * @throws {AwsError} `ParameterAlreadyExists`, and what a bad name gives.
   */
  createParameter(parameter: NewParameter): void;
  /** Adds a version, as the account's owner. @throws {AwsError} what a bad name gives. */
  overwriteParameter(parameter: NewParameter): void;
  /** Does nothing when there is no such parameter. */
  deleteParameter(name: string): void;
  /** The value, decrypted, or undefined when there is no such parameter. */
  readParameter(name: string): string | undefined;
}

export function createSsmService(world: World): SsmService {
  const store = new ParameterStore(world, () => world.clock.now());
  return {
    service: {
      name: 'ssm',
      operations: [
        deleteParameter(store),
        deleteParameters(store),
        describeParameters(store),
        getParameter(store),
        getParameterHistory(store),
        getParameters(store),
        getParametersByPath(store),
        putParameter(store),
      ],
    },
    createParameter(parameter) {
      if (store.find(parameter.name)) {
        throw new AwsError('ParameterAlreadyExists', `The parameter ${parameter.name} already exists.`);
      }
      const tier = resolveTier(parameter.tier, parameter.value, undefined);
      store.put({ ...parameter, tier }, `arn:aws:iam::${world.accountId}:root`);
    },
    overwriteParameter(parameter) {
      const tier = resolveTier(parameter.tier, parameter.value, store.find(parameter.name));
      store.put({ ...parameter, tier }, `arn:aws:iam::${world.accountId}:root`);
    },
    deleteParameter(name) {
      store.delete(name);
    },
    readParameter: (name) => store.find(name)?.value,
  };
}
