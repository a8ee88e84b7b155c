// The execution environments of one function: those that wait, those that run, and how another one opens.

import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import type { LogWriter } from '../logs/log-writer.ts';
import { ExecutionEnvironment, type HttpModuleFactory } from './execution-environment.ts';
import type { FunctionCredentials, FunctionProps } from './function-props.ts';
import { type Printed, renderPlain } from './logging/application-line.ts';
import { EnvironmentLog } from './logging/environment-log.ts';
import type { Bundle } from './sandbox/bundle.ts';
import { ScalingRate } from './scaling-rate.ts';

const BYTES_PER_MEGABYTE = 1_000_000;

export interface EnvironmentPoolParts {
  readonly props: FunctionProps;
  readonly world: World;
  readonly credentials: FunctionCredentials;
  readonly httpModuleFor: HttpModuleFactory;
  readonly bundle: Bundle;
  readonly exportName: string;
  /** For whoever runs the emulator. */
  readonly log: (text: string) => void;
  readonly openLogStream: OpenLogStream;
  /** What the code draws from. */
  readonly random: Random;
}

/** Makes another environment's log stream; without a writer when the function's role may not write to it. */
export type OpenLogStream = () => { readonly streamName: string; readonly writer: LogWriter | undefined };

/** An environment, or what kept it from opening. */
export type Opened = {
  readonly log: EnvironmentLog;
  readonly logStreamName: string;
} & ({ readonly environment: ExecutionEnvironment } | { readonly environment: undefined; readonly error: unknown });

export class EnvironmentPool {
  readonly #parts: EnvironmentPoolParts;
  readonly #scalingRate: ScalingRate;
  /** Last in, first out, so that what is not needed stays unused. */
  readonly #idle: Opened[] = [];
  readonly #busy = new Set<Opened>();

  constructor(parts: EnvironmentPoolParts) {
    this.#parts = parts;
    this.#scalingRate = new ScalingRate(parts.world.clock.now());
  }

  /** Whether code of this function can make progress without the clock moving on. */
  get hasRunnableCode(): boolean {
    for (const { environment } of this.#busy) if (environment?.isRunnable) return true;
    return false;
  }

  get isBusy(): boolean {
    return this.#busy.size > 0;
  }

  /** Whether an environment is there, or may be opened; that one is then counted as opened. */
  mayTake(): boolean {
    return this.#idle.length > 0 || this.#scalingRate.take(this.#parts.world.clock.now());
  }

  /** `initMs` is 0 for one that was there. The top level of a new one has run at once; its time has yet to pass. */
  take(): { readonly opened: Opened; readonly initMs: number } {
    const warm = this.#idle.pop();
    const opened = warm ?? this.#open();
    this.#busy.add(opened);
    return { opened, initMs: warm ? 0 : this.#sampleInitMs() };
  }

  /** Keeps it for the next invocation, unless its process has ended. */
  giveBack(opened: Opened, isLost: boolean): void {
    this.#busy.delete(opened);
    if (!opened.environment) return;
    if (isLost || opened.environment.hasCrashed) opened.environment.destroy();
    else {
      opened.environment.freeze();
      this.#idle.push(opened);
    }
  }

  /** Those that wait end at once; those that run may finish. */
  close(): void {
    for (const { environment } of this.#idle.splice(0)) environment?.destroy();
  }

  #sampleInitMs(): number {
    const { bundle, world } = this.#parts;
    const megabytes = bundle.bytes / BYTES_PER_MEGABYTE;
    return world.sampleLatencyMs('lambda.init') + megabytes * world.sampleLatencyMs('lambda.init-per-megabyte');
  }

  #open(): Opened {
    const { props, world, bundle, exportName, httpModuleFor } = this.#parts;
    const { streamName: logStreamName, writer } = this.#parts.openLogStream();
    const log = new EnvironmentLog({
      clock: world.clock,
      region: world.region,
      config: props.logging,
      writer,
    });
    log.initStart();
    try {
      const environment = new ExecutionEnvironment({
        subject: `function ${props.name}`,
        clock: world.clock,
        random: this.#parts.random,
        bundle,
        handler: props.handler,
        exportName,
        httpModuleFor,
        log: (printed) => this.#print(printed, log),
        variables: this.#createVariables(logStreamName),
      });
      return { log, logStreamName, environment };
    } catch (error) {
      return { log, logStreamName, environment: undefined, error };
    }
  }

  #print(printed: Printed, log: EnvironmentLog): void {
    this.#parts.log(renderPlain(printed));
    log.print(printed);
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
  #createVariables(logStreamName: string): Record<string, string> {
    const { world, props, credentials } = this.#parts;
    const { name, handler, memorySizeMb, environment, logging } = props;
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    return {
      _HANDLER: handler,
      AWS_REGION: world.region,
      AWS_DEFAULT_REGION: world.region,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySizeMb),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_FORMAT: logging.format,
      AWS_LAMBDA_LOG_GROUP_NAME: logging.logGroup,
      AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
      ...(logging.format === 'JSON' && { AWS_LAMBDA_LOG_LEVEL: logging.applicationLevel }),
      AWS_EXECUTION_ENV: `Emulated_AWS_Lambda_nodejs24.x/seed=${world.seed}`,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      LAMBDA_TASK_ROOT: '/var/task',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      ...environment,
    };
  }
}
