// Node.js functions that call back from a thread, done at once: a thread's end would come at the host's pleasure.

import type { Gate } from './gate.ts';

/** `module[name]` by way of `module[name + 'Sync']`. */
export function callBackWithoutThread(module: object, name: string, gate: Gate): (...parameters: unknown[]) => void {
  const compute: unknown = Reflect.get(module, `${name}Sync`);
  if (typeof compute !== 'function') throw new TypeError(`${name} has no synchronous twin`);
  return (...parameters) => {
    const callback = parameters.at(-1);
    if (typeof callback !== 'function') throw new TypeError(`the last parameter of ${name} must be a function`);
    const answer = settle(() => Reflect.apply(compute, module, parameters.slice(0, -1)));
    queueMicrotask(() => gate.run(() => callback(...answer)));
  };
}

function settle(compute: () => unknown): [unknown] | [null, unknown] {
  try {
    return [null, compute()];
  } catch (error) {
    return [error];
  }
}
