// Members that are there when a library loads, and say what is missing as soon as they are used.

import { UnsupportedFeatureError } from '../../kernel/errors.ts';

/** Throws whether it is called or constructed, and can be extended. */
export function createRefusedMember(subject: string, name: string): unknown {
  return function RefusedMember(): never {
    throw new UnsupportedFeatureError(subject, name);
  };
}

/** A module of refused members: loading it is fine. */
export function createRefusedModule(subject: string, name: string): object {
  return refuseOthers(subject, name, {});
}

/** `members`, and a refusal of any other. */
export function refuseOthers(subject: string, name: string, members: object): object {
  return new Proxy(members, {
    get(target, property) {
      if (Reflect.has(target, property)) return Reflect.get(target, property);
      // Module loaders and `await` ask for these of anything.
      if (typeof property === 'symbol' || ['__esModule', 'then', 'default', 'toJSON'].includes(property))
        return undefined;
      return createRefusedMember(subject, `${name}.${property}`);
    },
  });
}
