// One function: its settings, its execution environments, and what happens to one invocation.

import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { ExecutionEnvironment, type HttpModuleFactory } from './execution-environment.ts';
import { assertVariables, type FunctionCredentials, type FunctionProps, parseHandler } from './function-props.ts';
import { RuntimeError, renderError, renderSandboxError, renderTrace } from './handler-error.ts';
import type { InvocationOutcome, InvocationRecord, Outcome } from './invocation.ts';
import type { Bundle } from './sandbox/bundle.ts';
import { ScalingRate } from './scaling-rate.ts';

export type { FunctionCredentials, FunctionProps } from './function-props.ts';
export type { InvocationOutcome, InvocationRecord } from './invocation.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html: this much memory comes with one vCPU. */
const VCPU_MEMORY_MB = 1769;
/** Reading and writing JSON at one vCPU, assumed. */
const COMPUTE_MS_PER_KILOBYTE = 0.01;
const BYTES_PER_MEGABYTE = 1_000_000;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const RESPONSE_BYTES_MAX = 6 * 1024 * 1024;

interface HandlerResult {
  readonly outcome: Outcome;
  readonly payload: Buffer;
}

export interface LambdaFunctionParts {
  readonly props: FunctionProps;
  readonly world: World;
  readonly credentials: FunctionCredentials;
  readonly httpModuleFor: HttpModuleFactory;
  /** The code folder's file of that name, compiled. */
  readonly loadBundle: (folder: string, file: string) => Bundle;
  readonly log: (text: string) => void;
}

export class LambdaFunction {
  readonly props: FunctionProps;
  readonly arn: string;
  readonly #parts: LambdaFunctionParts;
  readonly #world: World;
  readonly #random: Random;
  readonly #bundle: Bundle;
  readonly #exportName: string;
  readonly #scalingRate: ScalingRate;
  /** Last in, first out, so that what is not needed stays unused. */
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #busy = new Set<ExecutionEnvironment>();

  /** @throws {AwsError}, UnsupportedFeatureError, and what compiling the code throws. */
  constructor(parts: LambdaFunctionParts) {
    const { props, world } = parts;
    assertVariables(props.name, props.environment);
    const { file, exportName } = parseHandler(props.name, props.handler);
    this.props = props;
    this.arn = `arn:aws:lambda:${world.region}:${world.accountId}:function:${props.name}`;
    this.#parts = parts;
    this.#world = world;
    this.#random = world.random(`lambda/${props.name}`);
    this.#bundle = parts.loadBundle(props.codeFolder, file);
    this.#exportName = exportName;
    this.#scalingRate = new ScalingRate(world.clock.now());
  }

  /** Whether code of this function can make progress without the clock moving on. */
  get hasRunnableCode(): boolean {
    for (const environment of this.#busy) if (environment.isRunnable) return true;
    return false;
  }

  /** Whether an execution environment is there, or may be opened; that one is then counted as opened. */
  mayStart(): boolean {
    return this.#idle.length > 0 || this.#scalingRate.take(this.#world.clock.now());
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
    // The top level ran at once, but its time has to pass.
    if (initMs > 0) await clock.sleep(initMs);
    const startMs = clock.now();
    const result: HandlerResult = opened.environment
      ? await this.#runHandler(opened.environment, requestId, payload)
      : { outcome: 'failed', payload: renderError(opened.error) };
    const durationMs = clock.now() - startMs;
    if (opened.environment) this.#close(opened.environment, result.outcome);
    const failed = result.outcome !== 'succeeded';
    record({
      functionName: this.props.name,
      requestId,
      startMs,
      durationMs,
      initMs,
      // https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
      billedMs: Math.ceil(initMs + durationMs),
      memorySizeMb: this.props.memorySizeMb,
      coldStart: warm === undefined,
      outcome: result.outcome,
      failed,
    });
    return { requestId, payload: result.payload, failed };
  }

  #sampleInitMs(): number {
    const megabytes = this.#bundle.bytes / BYTES_PER_MEGABYTE;
    const { sampleLatencyMs } = this.#world;
    return sampleLatencyMs('lambda.init') + megabytes * sampleLatencyMs('lambda.init-per-megabyte');
  }

  #openEnvironment(): { environment: ExecutionEnvironment } | { environment: undefined; error: unknown } {
    const { name, handler } = this.props;
    try {
      const environment = new ExecutionEnvironment({
        subject: `function ${name}`,
        clock: this.#world.clock,
        random: this.#random,
        bundle: this.#bundle,
        handler,
        exportName: this.#exportName,
        httpModuleFor: this.#parts.httpModuleFor,
        log: this.#parts.log,
        variables: this.#createVariables(),
      });
      return { environment };
    } catch (error) {
      this.#logError(error);
      return { environment: undefined, error };
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
  #createVariables(): Record<string, string> {
    const { region, seed } = this.#world;
    const { name, handler, memorySizeMb, environment } = this.props;
    const { accessKeyId, secretAccessKey, sessionToken } = this.#parts.credentials;
    return {
      _HANDLER: handler,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySizeMb),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_EXECUTION_ENV: `Emulated_AWS_Lambda_nodejs24.x/seed=${seed}`,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
      LAMBDA_TASK_ROOT: '/var/task',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      ...environment,
    };
  }

  async #runHandler(environment: ExecutionEnvironment, requestId: string, payload: Buffer): Promise<HandlerResult> {
    const { clock } = this.#world;
    const { timeoutSeconds } = this.props;
    const deadlineMs = clock.now() + timeoutSeconds * 1000;
    const timeout = Promise.withResolvers<undefined>();
    const timer = clock.at(deadlineMs, () => timeout.resolve(undefined));
    const handled = this.#handle(environment, requestId, payload, deadlineMs);
    const result = await Promise.race([handled, timeout.promise]);
    timer.cancel();
    if (result) return result;
    const message = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    this.#parts.log(`${requestId} ${message}`);
    return { outcome: 'timed-out', payload: renderSandboxError(requestId, 'Sandbox.Timedout', message) };
  }

  async #handle(
    environment: ExecutionEnvironment,
    requestId: string,
    payload: Buffer,
    deadlineMs: number,
  ): Promise<HandlerResult> {
    const { clock } = this.#world;
    try {
      const event: unknown = JSON.parse(payload.toString() || '{}');
      const response = renderResponse(await environment.invoke(event, this.#createContext(requestId, deadlineMs)));
      await clock.sleep(this.#computeWorkMs(payload.length + response.length));
      return { outcome: 'succeeded', payload: response };
    } catch (error) {
      this.#logError(error);
      await clock.sleep(this.#computeWorkMs(payload.length));
      return { outcome: 'failed', payload: renderError(error) };
    }
  }

  /** What the code itself takes, besides what it waits for. */
  #computeWorkMs(payloadBytes: number): number {
    const slowness = VCPU_MEMORY_MB / Math.min(VCPU_MEMORY_MB, this.props.memorySizeMb);
    const baseMs = this.#world.sampleLatencyMs('lambda.handler-base');
    return slowness * (baseMs + (payloadBytes / 1000) * COMPUTE_MS_PER_KILOBYTE);
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
  #createContext(requestId: string, deadlineMs: number): object {
    const { name, memorySizeMb } = this.props;
    const { clock } = this.#world;
    return {
      awsRequestId: requestId,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: this.arn,
      memoryLimitInMB: String(memorySizeMb),
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: 'emulated',
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadlineMs - clock.now())),
    };
  }

  #close(environment: ExecutionEnvironment, outcome: Outcome): void {
    this.#busy.delete(environment);
    if (outcome === 'timed-out' || environment.hasCrashed) {
      environment.destroy();
      return;
    }
    environment.freeze();
    this.#idle.push(environment);
  }

  #logError(error: unknown): void {
    this.#parts.log(error instanceof Error ? renderTrace(error) : String(error));
  }
}

/** @throws {RuntimeError} when the value is no JSON, or too much of it. */
function renderResponse(value: unknown): Buffer {
  const response = Buffer.from(stringify(value));
  if (response.length <= RESPONSE_BYTES_MAX) return response;
  throw new RuntimeError(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES_MAX} bytes).`,
  );
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (cause) {
    throw new RuntimeError('Runtime.MarshalError', 'Unable to stringify response body', { cause });
  }
}
