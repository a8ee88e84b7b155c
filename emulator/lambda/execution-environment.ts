// One copy of a function's code, alive between invocations.

import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { Bundle, Shadowed } from './bundle.ts';
import { createSandboxCrypto, createSandboxRequire } from './sandbox-modules.ts';
import { SandboxTimers } from './sandbox-timers.ts';
import { createVirtualDate } from './virtual-date.ts';

/** Told about the requests that an environment has under way, so that it is known what it waits for. */
export interface RequestHooks {
  onRequestStart(): void;
  onRequestEnd(): void;
}

/** Makes the module that stands in for `http` and `https`. */
export type HttpModuleFactory = (hooks: RequestHooks) => unknown;

export interface EnvironmentOptions {
  /** For messages: `function X`. */
  readonly subject: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly bundle: Bundle;
  readonly exportName: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly httpModuleFor: HttpModuleFactory;
  readonly log: (text: string) => void;
}

/** Thrown when the bundle does not export the handler. */
export class HandlerNotFoundError extends Error {
  override name = 'HandlerNotFoundError';
}

export class ExecutionEnvironment {
  readonly #timers: SandboxTimers;
  readonly #handler: (event: unknown, context: unknown) => unknown;
  #requests = 0;
  #isHandling = false;

  /** Runs the bundle's top level. @throws what that throws. */
  constructor(options: EnvironmentOptions) {
    const { clock, bundle, exportName, subject } = options;
    this.#timers = new SandboxTimers(clock);
    const exported: { exports: Record<string, unknown> } = { exports: {} };
    bundle.evaluate(this.#createStandIns(options, exported));
    const handler = exported.exports[exportName];
    if (typeof handler !== 'function') throw new HandlerNotFoundError(`${subject} exports no ${exportName}`);
    this.#handler = (event, context) => handler(event, context);
  }

  /** Whether its handler can make progress although the clock stands still: it waits for nothing that the clock brings. */
  get isRunnable(): boolean {
    return this.#isHandling && this.#requests === 0 && this.#timers.pending === 0;
  }

  async invoke(event: unknown, context: unknown): Promise<unknown> {
    this.#timers.thaw();
    this.#isHandling = true;
    try {
      return await this.#handler(event, context);
    } finally {
      this.#isHandling = false;
    }
  }

  freeze(): void {
    this.#timers.freeze();
  }

  destroy(): void {
    this.#timers.clear();
  }

  #createStandIns(
    options: EnvironmentOptions,
    exported: { exports: Record<string, unknown> },
  ): Readonly<Record<Shadowed, unknown>> {
    const { clock, random } = options;
    const startedMs = clock.now();
    const process = createSandboxProcess(options, startedMs);
    const httpModule = options.httpModuleFor({
      onRequestStart: () => {
        this.#requests++;
      },
      onRequestEnd: () => {
        this.#requests--;
      },
    });
    return {
      exports: exported.exports,
      module: exported,
      require: createSandboxRequire({ subject: options.subject, httpModule, random, timers: this.#timers, process }),
      __filename: '/var/task/index.js',
      __dirname: '/var/task',
      process,
      Date: createVirtualDate(() => clock.now()),
      performance: { now: () => clock.now() - startedMs, timeOrigin: startedMs, mark() {}, measure() {} },
      Math: Object.assign(Object.create(Math), { random: () => random.next() }),
      crypto: createSandboxCrypto(random),
      console: createSandboxConsole(options.log),
      setTimeout: this.#timers.setTimeout,
      clearTimeout: this.#timers.clearTimeout,
      setInterval: this.#timers.setInterval,
      clearInterval: this.#timers.clearTimeout,
      setImmediate: (run: (...parameters: unknown[]) => void, ...parameters: unknown[]) =>
        queueMicrotask(() => run(...parameters)),
      clearImmediate: () => {},
      fetch: async () => {
        throw new TypeError('fetch failed: the emulator has no way out to the internet');
      },
    };
  }
}

function createSandboxProcess(options: EnvironmentOptions, startedMs: number): object {
  const elapsedMs = () => options.clock.now() - startedMs;
  const hrtime = Object.assign(() => [Math.floor(elapsedMs() / 1000), Math.floor((elapsedMs() % 1000) * 1e6)], {
    bigint: () => BigInt(Math.floor(elapsedMs() * 1e6)),
  });
  return {
    env: { ...options.variables },
    version: 'v24.0.0',
    versions: { node: '24.0.0' },
    platform: 'linux',
    arch: 'arm64',
    argv: ['/var/lang/bin/node', '/var/task/index.js'],
    execArgv: [],
    release: { name: 'node' },
    pid: 1,
    nextTick: process.nextTick,
    hrtime,
    uptime: () => elapsedMs() / 1000,
    cwd: () => '/var/task',
    emitWarning: () => {},
    on: () => {},
    once: () => {},
    off: () => {},
    emit: () => false,
    stdout: { write: options.log, isTTY: false },
    stderr: { write: options.log, isTTY: false },
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  };
}

function createSandboxConsole(log: (text: string) => void): object {
  const print = (...parts: unknown[]) =>
    log(parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' '));
  return { log: print, info: print, warn: print, error: print, debug: print, trace: print };
}
