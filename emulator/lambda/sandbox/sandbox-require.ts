// `require` as a function's code sees it: Node.js modules that compute are real, those that reach out are not.

import { createRequire } from 'node:module';
import { UnsupportedFeatureError } from '../../kernel/errors.ts';
import { createRefusedModule, refuseOthers } from './refusal.ts';
import type { SandboxTimers } from './sandbox-timers.ts';

const hostRequire = createRequire(import.meta.url);

/** Modules that only compute. */
const REAL_MODULES: ReadonlySet<string> = new Set([
  'assert',
  'assert/strict',
  'async_hooks',
  'buffer',
  'constants',
  'diagnostics_channel',
  'events',
  'path',
  'path/posix',
  'punycode',
  'querystring',
  'stream',
  'stream/promises',
  'stream/web',
  'string_decoder',
  'url',
  'util',
  'util/types',
]);

/** Modules that libraries load at their start, but must not use here. */
const REFUSED_MODULES: ReadonlySet<string> = new Set([
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'dns/promises',
  'http2',
  'inspector',
  'net',
  'readline',
  'tls',
  'tty',
  'v8',
  'vm',
  'worker_threads',
]);

export interface ModuleParts {
  /** For messages: `function X`. */
  readonly subject: string;
  readonly http: unknown;
  readonly fs: object;
  readonly fsPromises: object;
  readonly crypto: object;
  readonly zlib: object;
  readonly process: object;
  readonly performance: object;
  readonly timers: SandboxTimers;
}

export function createSandboxRequire(parts: ModuleParts): (specifier: string) => unknown {
  const { subject } = parts;
  const timers = describeTimers(parts.timers);
  const modules: Readonly<Record<string, unknown>> = {
    http: parts.http,
    https: parts.http,
    fs: parts.fs,
    'fs/promises': parts.fsPromises,
    os: refuseOthers(subject, 'os', EMULATED_OS),
    process: parts.process,
    crypto: parts.crypto,
    zlib: parts.zlib,
    timers,
    'timers/promises': refuseOthers(subject, 'timers/promises', describePromisedTimers(parts.timers)),
    perf_hooks: refuseOthers(subject, 'perf_hooks', { performance: parts.performance }),
  };
  return (specifier) => {
    const name = specifier.replace(/^node:/, '');
    if (Object.hasOwn(modules, name)) return modules[name];
    if (REAL_MODULES.has(name)) return hostRequire(`node:${name}`);
    if (REFUSED_MODULES.has(name)) return createRefusedModule(subject, name);
    throw new UnsupportedFeatureError(subject, `require('${specifier}')`);
  };
}

/** The globals of the same names. */
export function describeTimers(timers: SandboxTimers) {
  return {
    setTimeout: timers.setTimeout,
    setInterval: timers.setInterval,
    setImmediate: timers.setImmediate,
    clearTimeout: timers.clearTimer,
    clearInterval: timers.clearTimer,
    clearImmediate: timers.clearTimer,
  };
}

function describePromisedTimers(timers: SandboxTimers) {
  return {
    setTimeout: (delayMs?: unknown, value?: unknown) =>
      new Promise((resolve) => {
        timers.setTimeout(() => resolve(value), delayMs);
      }),
    setImmediate: (value?: unknown) =>
      new Promise((resolve) => {
        timers.setImmediate(() => resolve(value));
      }),
  };
}

const EMULATED_OS = {
  EOL: '\n',
  arch: () => 'arm64',
  availableParallelism: () => 1,
  cpus: () => [],
  endianness: () => 'LE',
  homedir: () => '/root',
  hostname: () => 'emulated',
  networkInterfaces: () => ({}),
  platform: () => 'linux',
  release: () => '5.10.0',
  tmpdir: () => '/tmp',
  type: () => 'Linux',
};
