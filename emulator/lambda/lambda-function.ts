// One function: its settings, its execution environments, and what happens to one invocation.

import type { Clock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { loadBundle } from './bundle.ts';
import { ExecutionEnvironment, type HttpModuleFactory } from './execution-environment.ts';

export interface FunctionProps {
  readonly name: string;
  readonly roleArn: string;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  /** Holds the code, unpacked. */
  readonly codeFolder: string;
  /** `index.handler`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
}

export interface InvocationOutcome {
  readonly requestId: string;
  /** JSON: what the handler returned, or the error that it threw. */
  readonly payload: Buffer;
  readonly failed: boolean;
}

export interface InvocationRecord {
  readonly functionName: string;
  readonly requestId: string;
  /** The handler's start. */
  readonly startMs: number;
  readonly durationMs: number;
  /** 0 when warm. */
  readonly initMs: number;
  readonly billedMs: number;
  readonly memorySizeMb: number;
  readonly failed: boolean;
}

/** Credentials that tell the gateway which role calls. */
export interface FunctionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html: this much memory comes with one vCPU. */
const VCPU_MEMORY_MB = 1769;
const COMPUTE_MS_PER_KILOBYTE = 0.01;
const BYTES_PER_MEGABYTE = 1_000_000;
const SYNC_PAYLOAD_BYTES_MAX = 6 * 1024 * 1024;

export class LambdaFunction {
  readonly props: FunctionProps;
  readonly arn: string;
  readonly #world: World;
  readonly #random: Random;
  readonly #code: ReturnType<typeof loadBundle>;
  readonly #credentials: FunctionCredentials;
  readonly #httpModuleFor: HttpModuleFactory;
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #busy = new Set<ExecutionEnvironment>();
  readonly #log: (text: string) => void;

  constructor(parts: {
    props: FunctionProps;
    world: World;
    credentials: FunctionCredentials;
    httpModuleFor: HttpModuleFactory;
    log: (functionName: string, text: string) => void;
  }) {
    const { props, world } = parts;
    this.props = props;
    this.arn = `arn:aws:lambda:${world.region}:${world.accountId}:function:${props.name}`;
    this.#world = world;
    this.#random = world.random(`lambda/${props.name}`);
    this.#code = loadBundle(props.codeFolder, props.handler);
    this.#credentials = parts.credentials;
    this.#httpModuleFor = parts.httpModuleFor;
    this.#log = (text) => parts.log(props.name, text);
  }

  get concurrency(): number {
    return this.#busy.size;
  }

  /** Whether code of this function can make progress without the clock moving on. */
  get hasRunnableCode(): boolean {
    return [...this.#busy].some((environment) => environment.isRunnable);
  }

  /** Runs one invocation to its end. Never rejects: a handler's error is an outcome. */
  async run(
    requestId: string,
    payload: Buffer,
    record: (record: InvocationRecord) => void,
  ): Promise<InvocationOutcome> {
    const { clock } = this.#world;
    const warm = this.#idle.pop();
    const initMs = warm ? 0 : this.#sampleInitMs();
    const opened = warm ? { environment: warm } : this.#openEnvironment();
    if (opened.environment) this.#busy.add(opened.environment);
    // The top level ran at once, but its time has to pass; a timer stands for it, so that nobody takes it for a stall.
    if (initMs > 0) await clock.sleep(initMs);
    const startMs = clock.now();
    const result = opened.environment
      ? await this.#runHandler(opened.environment, requestId, payload)
      : { failed: true, timedOut: false, payload: renderError(opened.error, requestId) };
    const durationMs = clock.now() - startMs;
    if (opened.environment) this.#close(opened.environment, result.timedOut);
    const { name, memorySizeMb } = this.props;
    const billedMs = Math.ceil(initMs + durationMs);
    record({
      functionName: name,
      requestId,
      startMs,
      durationMs,
      initMs,
      billedMs,
      memorySizeMb,
      failed: result.failed,
    });
    return { requestId, payload: result.payload, failed: result.failed };
  }

  #sampleInitMs(): number {
    const megabytes = this.#code.bundle.bytes / BYTES_PER_MEGABYTE;
    const { sampleLatencyMs } = this.#world;
    return sampleLatencyMs('lambda.init') + megabytes * sampleLatencyMs('lambda.init-per-megabyte');
  }

  #openEnvironment(): { environment: ExecutionEnvironment } | { environment: undefined; error: unknown } {
    const { name, memorySizeMb, environment: variables } = this.props;
    try {
      const environment = new ExecutionEnvironment({
        subject: `function ${name}`,
        clock: this.#world.clock,
        random: this.#random,
        bundle: this.#code.bundle,
        exportName: this.#code.exportName,
        httpModuleFor: this.#httpModuleFor,
        log: this.#log,
        variables: {
          AWS_REGION: this.#world.region,
          AWS_DEFAULT_REGION: this.#world.region,
          AWS_LAMBDA_FUNCTION_NAME: name,
          AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySizeMb),
          AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
          AWS_EXECUTION_ENV: `Emulated_AWS_Lambda_nodejs24.x/seed=${this.#world.seed}`,
          AWS_ACCESS_KEY_ID: this.#credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: this.#credentials.secretAccessKey,
          AWS_SESSION_TOKEN: this.#credentials.sessionToken,
          TZ: ':UTC',
          ...variables,
        },
      });
      return { environment };
    } catch (error) {
      this.#log(String(error instanceof Error ? error.stack : error));
      return { environment: undefined, error };
    }
  }

  async #runHandler(
    environment: ExecutionEnvironment,
    requestId: string,
    payload: Buffer,
  ): Promise<{ failed: boolean; timedOut: boolean; payload: Buffer }> {
    const { clock } = this.#world;
    const { timeoutSeconds } = this.props;
    const deadlineMs = clock.now() + timeoutSeconds * 1000;
    const timeout = Promise.withResolvers<'timeout'>();
    const timer = clock.at(deadlineMs, () => timeout.resolve('timeout'));
    const handled = this.#handle(environment, requestId, payload, deadlineMs);
    const result = await Promise.race([handled, timeout.promise]);
    timer.cancel();
    if (result !== 'timeout') return { ...result, timedOut: false };
    const errorMessage = `${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    this.#log(errorMessage);
    const body = {
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: ${errorMessage.slice(requestId.length + 1)}`,
    };
    return { failed: true, timedOut: true, payload: Buffer.from(JSON.stringify(body)) };
  }

  async #handle(
    environment: ExecutionEnvironment,
    requestId: string,
    payload: Buffer,
    deadlineMs: number,
  ): Promise<{ failed: boolean; payload: Buffer }> {
    const { clock } = this.#world;
    try {
      const value = await environment.invoke(
        JSON.parse(payload.toString() || 'null'),
        this.#createContext(requestId, deadlineMs),
      );
      const response = Buffer.from(JSON.stringify(value) ?? 'null');
      if (response.length > SYNC_PAYLOAD_BYTES_MAX) {
        throw new AwsError(
          'Function.ResponseSizeTooLarge',
          `Response payload size exceeded maximum allowed payload size (${SYNC_PAYLOAD_BYTES_MAX} bytes).`,
        );
      }
      await clock.sleep(this.#computeWorkMs(payload.length + response.length));
      return { failed: false, payload: response };
    } catch (error) {
      this.#log(String(error instanceof Error ? error.stack : error));
      await clock.sleep(this.#computeWorkMs(payload.length));
      return { failed: true, payload: renderError(error, requestId) };
    }
  }

  /** What the code itself takes, besides what it waits for. */
  #computeWorkMs(payloadBytes: number): number {
    const slowness = VCPU_MEMORY_MB / Math.min(VCPU_MEMORY_MB, this.props.memorySizeMb);
    const baseMs = this.#world.sampleLatencyMs('lambda.handler-base');
    return slowness * (baseMs + (payloadBytes / 1000) * COMPUTE_MS_PER_KILOBYTE);
  }

  #createContext(requestId: string, deadlineMs: number): object {
    const { name, memorySizeMb } = this.props;
    const clock: Clock = this.#world.clock;
    return {
      awsRequestId: requestId,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: this.arn,
      memoryLimitInMB: String(memorySizeMb),
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: 'emulated',
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadlineMs - clock.now()),
    };
  }

  #close(environment: ExecutionEnvironment, timedOut: boolean): void {
    this.#busy.delete(environment);
    if (timedOut) {
      environment.destroy();
      return;
    }
    environment.freeze();
    this.#idle.push(environment);
  }
}

function renderError(error: unknown, requestId: string): Buffer {
  const body =
    error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error && 'name' in error)
      ? {
          errorType: 'code' in error && error instanceof AwsError ? error.code : String(error.name),
          errorMessage: String(error.message),
          trace: String('stack' in error ? error.stack : '').split('\n'),
        }
      : { errorType: 'Error', errorMessage: String(error), trace: [requestId] };
  return Buffer.from(JSON.stringify(body));
}
