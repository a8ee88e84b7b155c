// `require` as a function's code sees it: Node.js modules that compute are real, those that reach out are not.

import { createRequire } from 'node:module';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import type { SandboxTimers } from './sandbox-timers.ts';

const hostRequire = createRequire(import.meta.url);

/** Modules that only compute. */
const REAL_MODULES: ReadonlySet<string> = new Set([
  'assert',
  'async_hooks',
  'buffer',
  'diagnostics_channel',
  'events',
  'path',
  'querystring',
  'stream',
  'stream/promises',
  'stream/web',
  'string_decoder',
  'url',
  'util',
  'util/types',
  'zlib',
  'constants',
  'punycode',
]);

/** Modules that libraries load at their start, but must not use here. */
const REFUSED_MODULES: ReadonlySet<string> = new Set([
  'child_process',
  'dns',
  'dns/promises',
  'http2',
  'net',
  'tls',
  'tty',
  'worker_threads',
  'cluster',
  'dgram',
  'inspector',
  'vm',
  'readline',
  'perf_hooks',
  'v8',
]);

export interface SandboxParts {
  readonly subject: string;
  readonly httpModule: unknown;
  readonly random: Random;
  readonly timers: SandboxTimers;
  readonly process: unknown;
}

export function createSandboxRequire(parts: SandboxParts): (name: string) => unknown {
  const modules: Readonly<Record<string, unknown>> = {
    http: parts.httpModule,
    https: parts.httpModule,
    fs: ABSENT_FILES,
    'fs/promises': ABSENT_FILES.promises,
    os: EMULATED_OS,
    process: parts.process,
    crypto: createSandboxCrypto(parts.random),
    timers: parts.timers,
    'timers/promises': {
      setTimeout: (delayMs: number, value: unknown) =>
        new Promise((resolve) => {
          parts.timers.setTimeout(() => resolve(value), delayMs);
        }),
    },
  };
  return (specifier) => {
    const name = specifier.replace(/^node:/, '');
    if (Object.hasOwn(modules, name)) return modules[name];
    if (REAL_MODULES.has(name)) return hostRequire(`node:${name}`);
    if (REFUSED_MODULES.has(name)) return createRefusal(parts.subject, name);
    throw new UnsupportedFeatureError(parts.subject, `require('${specifier}')`);
  };
}

/** Reading a user's own AWS settings would make a run depend on whose machine it is: no file is there. */
const ABSENT_FILES = {
  promises: { readFile: absentFile, access: absentFile, stat: absentFile },
  readFile: (path: unknown, ...rest: unknown[]) => {
    const callback = rest.at(-1);
    if (typeof callback === 'function') absentFile(path).catch((error) => callback(error));
  },
  readFileSync: (path: unknown) => {
    throw createAbsence(path);
  },
  existsSync: () => false,
};

async function absentFile(path: unknown): Promise<never> {
  throw createAbsence(path);
}

function createAbsence(path: unknown): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, open '${String(path)}'`), { code: 'ENOENT' });
}

const EMULATED_OS = {
  EOL: '\n',
  arch: () => 'arm64',
  homedir: () => '/root',
  hostname: () => 'emulated',
  platform: () => 'linux',
  release: () => '5.10.0',
  tmpdir: () => '/tmp',
  type: () => 'Linux',
  cpus: () => [],
  networkInterfaces: () => ({}),
};

export function createSandboxCrypto(random: Random): object {
  const stand = {
    randomUUID: () => random.uuid(),
    randomBytes: (length: number) => random.bytes(length),
    getRandomValues: (target: Uint8Array) => {
      target.set(random.bytes(target.length));
      return target;
    },
  };
  // Defined, not assigned: some of the module's own are getters.
  return Object.create(hostRequire('node:crypto'), Object.getOwnPropertyDescriptors(stand));
}

/** Loads, but says what is missing as soon as it is called. */
function createRefusal(subject: string, name: string): object {
  return new Proxy(
    {},
    {
      get(_target, property) {
        if (typeof property === 'symbol' || property === '__esModule' || property === 'then') return undefined;
        return class RefusedMember {
          constructor() {
            throw new UnsupportedFeatureError(subject, `${name}.${String(property)}`);
          }
        };
      },
    },
  );
}
