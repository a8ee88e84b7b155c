// Everything that one execution environment puts in place of the host's.

import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';
import type { RuntimeError } from '../handler-error.ts';
import type { Printed } from '../logging/application-line.ts';
import type { ApplicationLogLevel } from '../logging/logging-config.ts';
import { createAbsentFiles } from './absent-files.ts';
import { type Bundle, type Shadowed, TASK_ROOT } from './bundle.ts';
import type { Gate } from './gate.ts';
import type { HostWork } from './host-work.ts';
import { createRefusedMember } from './refusal.ts';
import { createSandboxCrypto } from './sandbox-crypto.ts';
import { createSandboxHttp } from './sandbox-http.ts';
import { createSandboxProcess } from './sandbox-process.ts';
import { createSandboxRequire, describeTimers } from './sandbox-require.ts';
import type { SandboxTimers } from './sandbox-timers.ts';
import { createSandboxZlib } from './sandbox-zlib.ts';
import { createVirtualDate } from './virtual-date.ts';

export interface StandInParts {
  /** For messages: `function X`. */
  readonly subject: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly bundle: Bundle;
  readonly variables: Readonly<Record<string, string>>;
  readonly module: { exports: unknown };
  readonly httpModule: unknown;
  readonly timers: SandboxTimers;
  readonly gate: Gate;
  readonly hostWork: HostWork;
  readonly log: (printed: Printed) => void;
  readonly onExit: (error: RuntimeError) => void;
}

export function createStandIns(parts: StandInParts): Readonly<Record<Shadowed, unknown>> {
  const { subject, clock, random, bundle, module, timers, gate, log } = parts;
  const startedMs = clock.now();
  const elapsedMs = () => clock.now() - startedMs;
  const process = createSandboxProcess({ ...parts, elapsedMs });
  const performance = { now: elapsedMs, timeOrigin: startedMs, mark() {}, measure() {}, clearMarks() {} };
  const { module: cryptoModule, webCrypto } = createSandboxCrypto(parts);
  const { fs, promises } = createAbsentFiles(subject, gate);
  const refuse = (name: string) => createRefusedMember(subject, name);
  const standIns = {
    exports: module.exports,
    module,
    require: createSandboxRequire({
      ...parts,
      http: createSandboxHttp(parts.httpModule, gate),
      fs,
      fsPromises: promises,
      crypto: cryptoModule,
      zlib: createSandboxZlib(subject, gate),
      process,
      performance,
    }),
    __filename: bundle.path,
    __dirname: TASK_ROOT,
    process,
    Date: createVirtualDate(() => clock.now()),
    performance,
    Math: Object.create(Math, { random: { value: () => random.next(), writable: true, configurable: true } }),
    crypto: webCrypto,
    console: createSandboxConsole(log),
    ...describeTimers(timers),
    AbortSignal: createVirtualAbortSignal(timers),
    fetch: async () => {
      throw new TypeError('fetch failed: the emulator has no way out to the internet');
    },
    BroadcastChannel: refuse('BroadcastChannel'),
    EventSource: refuse('EventSource'),
    MessageChannel: refuse('MessageChannel'),
    WebSocket: refuse('WebSocket'),
  };
  const globals = createGlobalObject(standIns);
  return { ...standIns, globalThis: globals, global: globals };
}

/** The host's globals behind the environment's own. What the code adds stays in its environment. */
function createGlobalObject(standIns: object): object {
  const own = Object.entries(standIns).filter(([name]) => !MODULE_SCOPE.has(name));
  const globals: object = Object.create(globalThis);
  for (const [name, value] of [...own, ['globalThis', globals], ['global', globals]] as const) {
    Object.defineProperty(globals, name, { value, writable: true, configurable: true });
  }
  return globals;
}

const MODULE_SCOPE: ReadonlySet<string> = new Set(['exports', 'module', 'require', '__filename', '__dirname']);

function createVirtualAbortSignal(timers: SandboxTimers): unknown {
  const timeout = (delayMs: number) => {
    const controller = new AbortController();
    timers.setTimeout(() => {
      controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, delayMs);
    return controller.signal;
  };
  return new Proxy(AbortSignal, {
    get: (target, property) => (property === 'timeout' ? timeout : Reflect.get(target, property)),
  });
}

/** With levels as in https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
function createSandboxConsole(log: (printed: Printed) => void): object {
  const printAs =
    (level: ApplicationLogLevel) =>
    (...values: unknown[]) =>
      log({ level, values });
  const print = printAs('INFO');
  const printError = printAs('ERROR');
  const ignore = () => {};
  return {
    log: print,
    info: print,
    warn: printAs('WARN'),
    error: printError,
    debug: printAs('DEBUG'),
    trace: printAs('TRACE'),
    dir: print,
    table: print,
    assert: (condition: unknown, ...parts: unknown[]) => {
      if (!condition) printError('Assertion failed', ...parts);
    },
    group: print,
    groupEnd: ignore,
    time: ignore,
    timeEnd: ignore,
  };
}
