// One copy of a function's code, alive between invocations.

import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { RuntimeError } from './handler-error.ts';
import type { Printed } from './logging/application-line.ts';
import type { Bundle } from './sandbox/bundle.ts';
import { Gate } from './sandbox/gate.ts';
import { HostWork } from './sandbox/host-work.ts';
import { SandboxTimers } from './sandbox/sandbox-timers.ts';
import { createStandIns } from './sandbox/stand-ins.ts';

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
  /** As the function's settings have it: `index.handler`. */
  readonly handler: string;
  readonly exportName: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly httpModuleFor: HttpModuleFactory;
  readonly log: (printed: Printed) => void;
}

export class ExecutionEnvironment {
  readonly #gate = new Gate(
    (error) => this.#crash(error),
    (reason) => this.#crash(describeRejection(reason)),
  );
  readonly #hostWork = new HostWork();
  readonly #timers: SandboxTimers;
  readonly #handler: (event: unknown, context: unknown) => unknown;
  #requests = 0;
  #isHandling = false;
  #crashed: { readonly error: unknown } | undefined;
  #rejectInvocation: ((error: unknown) => void) | undefined;

  /** Runs the bundle's top level. @throws what that throws, or RuntimeError when it exports no handler. */
  constructor(options: EnvironmentOptions) {
    const { bundle, handler, exportName } = options;
    this.#timers = new SandboxTimers(options.clock, this.#gate);
    const module: { exports: unknown } = { exports: {} };
    const httpModule = options.httpModuleFor({
      onRequestStart: () => {
        this.#requests++;
      },
      onRequestEnd: () => {
        this.#requests--;
      },
    });
    const standIns = createStandIns({
      ...options,
      module,
      httpModule,
      timers: this.#timers,
      gate: this.#gate,
      hostWork: this.#hostWork,
      log: (printed) => {
        if (!this.#gate.isDestroyed) options.log(printed);
      },
      onExit: (error) => this.#crash(error),
    });
    this.#gate.enter(() => bundle.evaluate(standIns));
    const exported: unknown = Reflect.get(Object(module.exports), exportName);
    if (typeof exported !== 'function') {
      throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
    }
    this.#handler = (event, context) => this.#gate.enter(() => exported(event, context));
  }

  /** Whether its code can make progress although the clock stands still: it waits for nothing that the clock brings. */
  get isRunnable(): boolean {
    if (this.#hostWork.isUnderWay) return true;
    return this.#isHandling && this.#requests === 0 && this.#timers.pending === 0;
  }

  /** Whether its process has ended by an error that nothing caught, or by `process.exit`. */
  get hasCrashed(): boolean {
    return this.#crashed !== undefined;
  }

  /** @throws what has ended its process since the handler returned. */
  assertAlive(): void {
    if (this.#crashed) throw this.#crashed.error;
  }

  /** What the handler returns. @throws what it throws, and what else of its code throws meanwhile. */
  async invoke(event: unknown, context: unknown): Promise<unknown> {
    this.#isHandling = true;
    try {
      this.#gate.thaw();
      this.assertAlive();
      const crash = Promise.withResolvers<never>();
      this.#rejectInvocation = crash.reject;
      return await Promise.race([this.#handler(event, context), crash.promise]);
    } finally {
      this.#isHandling = false;
      this.#rejectInvocation = undefined;
    }
  }

  freeze(): void {
    this.#gate.freeze();
  }

  /** Nothing of it runs any more, but for what a promise that is already on its way still brings. */
  destroy(): void {
    this.#isHandling = false;
    this.#gate.destroy();
    this.#timers.clear();
  }

  #crash(error: unknown): void {
    this.#crashed ??= { error };
    this.#rejectInvocation?.(error);
  }
}

/** As the runtime's own listener for it does: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
function describeRejection(reason: unknown): RuntimeError {
  const errorType = 'Runtime.UnhandledPromiseRejection';
  const message = String(reason);
  return new RuntimeError(errorType, message, { cause: reason, trace: [`${errorType}: ${message}`] });
}
