// `crypto` as a function's code sees it: real arithmetic, seeded randomness.

import nodeCrypto from 'node:crypto';
import type { Random } from '../../kernel/random.ts';
import { callBackWithoutThread } from './call-back-without-thread.ts';
import type { Gate } from './gate.ts';
import type { HostWork } from './host-work.ts';
import { createRefusedMember } from './refusal.ts';

/** Draw from the host's randomness, and the emulator has no seeded form of them. */
const REFUSED = [
  'createDiffieHellman',
  'createECDH',
  'generateKey',
  'generateKeyPair',
  'generateKeyPairSync',
  'generateKeySync',
  'generatePrime',
  'generatePrimeSync',
];

/** Work on a thread when they are called with a callback. */
const WITH_SYNC_TWIN = ['hkdf', 'pbkdf2', 'scrypt'];

interface CryptoParts {
  readonly subject: string;
  readonly random: Random;
  readonly gate: Gate;
  readonly hostWork: HostWork;
}

/** The module for `require('crypto')`, and the global of the same name. */
export function createSandboxCrypto(parts: CryptoParts): { module: object; webCrypto: object } {
  const { subject, random, gate } = parts;
  const webCrypto = createWebCrypto(parts);
  const randomFill = (target: NodeJS.ArrayBufferView, offset = 0, size = target.byteLength - offset) => {
    new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(random.bytes(size), offset);
    return target;
  };
  const drawInteger = (low: number, high?: number) =>
    high === undefined ? random.integer(low) : low + random.integer(high - low);
  const module = derive(nodeCrypto, {
    ...Object.fromEntries(REFUSED.map((name) => [name, createRefusedMember(subject, `crypto.${name}`)])),
    ...Object.fromEntries(WITH_SYNC_TWIN.map((name) => [name, callBackWithoutThread(nodeCrypto, name, gate)])),
    randomUUID: () => random.uuid(),
    randomBytes: callBackOptionally(gate, (length: number) => random.bytes(length)),
    randomInt: callBackOptionally(gate, drawInteger),
    randomFill: callBackOptionally(gate, randomFill),
    randomFillSync: randomFill,
    getRandomValues: randomFill,
    subtle: webCrypto.subtle,
    webcrypto: webCrypto,
  });
  return { module, webCrypto };
}

function createWebCrypto({ subject, random, hostWork }: CryptoParts) {
  const { subtle } = nodeCrypto.webcrypto;
  return {
    randomUUID: () => random.uuid(),
    getRandomValues(target: NodeJS.ArrayBufferView) {
      new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(random.bytes(target.byteLength));
      return target;
    },
    subtle: new Proxy(subtle, {
      get(target, property) {
        const method: unknown = Reflect.get(target, property);
        if (typeof method !== 'function') return method;
        if (property === 'generateKey') return createRefusedMember(subject, 'crypto.subtle.generateKey');
        return (...parameters: unknown[]) => hostWork.run(async () => Reflect.apply(method, target, parameters));
      },
    }),
  };
}

/** As Node.js has it: the result is returned, or given to the callback where there is one. */
function callBackOptionally<Parameters extends unknown[]>(
  gate: Gate,
  compute: (...parameters: Parameters) => unknown,
): (...parameters: [...Parameters, ...unknown[]]) => unknown {
  return (...parameters) => {
    const callback = parameters.at(-1);
    if (typeof callback !== 'function') return Reflect.apply(compute, undefined, parameters);
    const result: unknown = Reflect.apply(compute, undefined, parameters.slice(0, -1));
    queueMicrotask(() => gate.run(() => callback(null, result)));
    return undefined;
  };
}

/** Defined, not assigned: some of the module's own members are getters. */
function derive(base: object, members: object): object {
  return Object.create(base, Object.getOwnPropertyDescriptors(members));
}
