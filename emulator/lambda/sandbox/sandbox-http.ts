// `http` and `https` as a function's code sees them: the module that was given, with responses that wait while the
// environment is frozen and never come once it is destroyed.

import { Writable } from 'node:stream';
import type { Gate } from './gate.ts';
import { runUnowned } from './rejection-owner.ts';

/** `http.request` and `http.get` start requests; the rest of the module passes through. */
export function createSandboxHttp(httpModule: unknown, gate: Gate): unknown {
  if (typeof httpModule !== 'object' || httpModule === null) return httpModule;
  return new Proxy(httpModule, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property);
      if ((property !== 'request' && property !== 'get') || typeof member !== 'function') return member;
      return (...parameters: unknown[]) =>
        gate.isDestroyed
          ? new UnansweredRequest()
          : runUnowned(() =>
              Reflect.apply(
                member,
                target,
                parameters.map((parameter) =>
                  typeof parameter === 'function' ? letThrough(parameter, gate) : parameter,
                ),
              ),
            );
    },
  });
}

// biome-ignore lint/complexity/noBannedTypes: whatever the code gave
function letThrough(callback: Function, gate: Gate): (...parameters: unknown[]) => void {
  return (...parameters) => gate.run(() => Reflect.apply(callback, undefined, parameters));
}

/** What code that outlived its environment asks for goes nowhere. */
class UnansweredRequest extends Writable {
  override _write(_chunk: unknown, _encoding: unknown, done: () => void): void {
    done();
  }
  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setSocketKeepAlive(): this {
    return this;
  }
}
