// `process` as a function's code sees it: that of Lambda's Node.js 24, with its own variables and the virtual clock.

import { RuntimeError } from '../handler-error.ts';
import type { Printed } from '../logging/application-line.ts';
import { TASK_ROOT } from './bundle.ts';
import type { Gate } from './gate.ts';

interface ProcessParts {
  readonly variables: Readonly<Record<string, string>>;
  /** Milliseconds since the process began. */
  readonly elapsedMs: () => number;
  readonly log: (printed: Printed) => void;
  readonly gate: Gate;
  /** Told of an exit that the code asked for. */
  readonly onExit: (error: RuntimeError) => void;
}

export function createSandboxProcess({ variables, elapsedMs, log, gate, onExit }: ProcessParts): object {
  const hrtime = Object.assign((since: readonly [number, number] = [0, 0]) => computeHrtime(elapsedMs(), since), {
    bigint: () => BigInt(Math.floor(elapsedMs() * 1e6)),
  });
  const write = (text: unknown) => {
    log({ level: undefined, values: [String(text).replace(/\n$/, '')] });
    return true;
  };
  const sandboxProcess = {
    env: { ...variables },
    title: 'node',
    version: 'v24.0.0',
    versions: { node: '24.0.0' },
    platform: 'linux',
    arch: 'arm64',
    argv: ['/var/lang/bin/node', `${TASK_ROOT}/index.js`],
    execArgv: [],
    execPath: '/var/lang/bin/node',
    release: { name: 'node' },
    pid: 1,
    exitCode: undefined,
    nextTick: (run: (...parameters: unknown[]) => void, ...parameters: unknown[]) =>
      process.nextTick(() => gate.run(() => run(...parameters))),
    hrtime,
    uptime: () => elapsedMs() / 1000,
    cwd: () => TASK_ROOT,
    exit(code?: number): never {
      const error = new RuntimeError('Runtime.ExitError', `Runtime exited with error: exit status ${code ?? 0}`);
      onExit(error);
      throw error;
    },
    stdout: { write, isTTY: false },
    stderr: { write, isTTY: false },
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
    emitWarning: (warning: unknown) => log({ level: undefined, values: [`Warning: ${String(warning)}`] }),
    emit: () => false,
    listenerCount: () => 0,
    listeners: () => [],
    // Nothing that is listened for here ever happens: no signal, no exit that leaves time.
    on: () => sandboxProcess,
    once: () => sandboxProcess,
    addListener: () => sandboxProcess,
    off: () => sandboxProcess,
    removeListener: () => sandboxProcess,
    removeAllListeners: () => sandboxProcess,
  };
  return sandboxProcess;
}

/** Seconds and nanoseconds, as `process.hrtime` gives them. */
function computeHrtime(elapsedMs: number, [seconds, nanoseconds]: readonly [number, number]): [number, number] {
  const passed = Math.floor(elapsedMs * 1e6) - seconds * 1e9 - nanoseconds;
  return [Math.floor(passed / 1e9), passed - Math.floor(passed / 1e9) * 1e9];
}
