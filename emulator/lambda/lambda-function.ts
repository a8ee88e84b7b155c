// One function: its settings, its execution environments, and what happens to one invocation.

import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { EnvironmentPool, type Opened, type OpenLogStream } from './environment-pool.ts';
import type { ExecutionEnvironment, HttpModuleFactory } from './execution-environment.ts';
import { assertVariables, type FunctionCredentials, type FunctionProps, parseHandler } from './function-props.ts';
import { parseErrorType, RuntimeError, renderError, renderSandboxError, renderTrace } from './handler-error.ts';
import type { InvocationOutcome, InvocationRecord, Outcome } from './invocation.ts';
import type { InitFailure } from './logging/platform-line.ts';
import type { Bundle } from './sandbox/bundle.ts';

export type { FunctionCredentials, FunctionProps } from './function-props.ts';
export type { InvocationOutcome, InvocationRecord } from './invocation.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html: this much memory comes with one vCPU. */
const VCPU_MEMORY_MB = 1769;
/** Reading and writing JSON at one vCPU, assumed. */
const COMPUTE_MS_PER_KILOBYTE = 0.01;
/** 6 MB, and a little more, as the error says that goes with it. */
const RESPONSE_BYTES_MAX = 6_291_556;
/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const INIT_MS_MAX = 10_000;
/** What a Node.js process takes, and what a megabyte of code takes in it, assumed. */
const MEMORY_USED_MB_BASE = 75;
const MEMORY_USED_PER_CODE_BYTE = 8;

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
  /** For whoever runs the emulator. */
  readonly log: (text: string) => void;
  readonly openLogStream: OpenLogStream;
  /** What the code draws from. */
  readonly random: Random;
}

/** One invocation, as it is asked for. */
export interface InvocationOrder {
  readonly requestId: string;
  readonly payload: Buffer;
  /** Whether the caller wants the end of the log. */
  readonly wantsTail?: boolean;
}

export class LambdaFunction {
  props: FunctionProps;
  readonly arn: string;
  /** Epoch milliseconds. */
  modifiedMs: number;
  bundle: Bundle;
  readonly #parts: LambdaFunctionParts;
  readonly #world: World;
  #pool: EnvironmentPool;
  /** Of before an update, with invocations under way. */
  readonly #retired = new Set<EnvironmentPool>();

  /** @throws {AwsError}, UnsupportedFeatureError, and what compiling the code throws. */
  constructor(parts: LambdaFunctionParts) {
    const { props, world } = parts;
    assertVariables(props.name, props.environment);
    const { file, exportName } = parseHandler(props.name, props.handler);
    this.props = props;
    this.arn = `arn:aws:lambda:${world.region}:${world.accountId}:function:${props.name}`;
    this.modifiedMs = world.clock.now();
    this.bundle = parts.loadBundle(props.codeFolder, file);
    this.#parts = parts;
    this.#world = world;
    this.#pool = new EnvironmentPool({ ...parts, bundle: this.bundle, exportName });
  }

  /** Code and settings are those of `props` from the next invocation on. @throws as the constructor. */
  update(props: FunctionProps): void {
    assertVariables(props.name, props.environment);
    const { file, exportName } = parseHandler(props.name, props.handler);
    this.bundle = this.#parts.loadBundle(props.codeFolder, file);
    this.props = props;
    this.modifiedMs = this.#world.clock.now();
    this.#pool.close();
    if (this.#pool.isBusy) this.#retired.add(this.#pool);
    this.#pool = new EnvironmentPool({ ...this.#parts, props, bundle: this.bundle, exportName });
  }

  /** Whether code of this function can make progress without the clock moving on. */
  get hasRunnableCode(): boolean {
    return this.#pool.hasRunnableCode || [...this.#retired].some((pool) => pool.hasRunnableCode);
  }

  /** Whether an execution environment is there, or may be opened; that one is then counted as opened. */
  mayStart(): boolean {
    return this.#pool.mayTake();
  }

  /** Environments of before an update are not used again. */
  #giveBack(pool: EnvironmentPool, opened: Opened, isLost: boolean): void {
    pool.giveBack(opened, isLost);
    if (pool === this.#pool) return;
    pool.close();
    if (!pool.isBusy) this.#retired.delete(pool);
  }

  /** Ends the environments that wait. */
  close(): void {
    this.#pool.close();
  }

  /** Runs one invocation to its end. Never rejects: a handler's error is an outcome. */
  async run(order: InvocationOrder, record: (record: InvocationRecord) => void): Promise<InvocationOutcome> {
    const { clock } = this.#world;
    const { requestId } = order;
    const pool = this.#pool;
    const { opened, initMs: neededMs } = pool.take();
    const initMs = Math.min(neededMs, INIT_MS_MAX);
    // The top level ran at once, but its time has to pass.
    if (initMs > 0) await clock.sleep(initMs);
    const initFailure = describeInitFailure(opened, neededMs);
    if (initFailure) opened.log.initFailed({ ...initFailure, durationMs: initMs });
    const startMs = clock.now();
    opened.log.start(requestId, order.wantsTail ?? false);
    const result = await this.#runInTime(opened, order, neededMs > INIT_MS_MAX ? neededMs : 0);
    const durationMs = clock.now() - startMs;
    const { outcome } = result;
    const failed = outcome !== 'succeeded';
    const hasCrashed = opened.environment?.hasCrashed ?? true;
    const ended: InvocationRecord = {
      functionName: this.props.name,
      requestId,
      startMs,
      durationMs,
      initMs,
      // https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
      billedMs: Math.ceil(initMs + durationMs),
      memorySizeMb: this.props.memorySizeMb,
      coldStart: neededMs > 0,
      outcome,
      failed,
    };
    opened.log.end({
      record: ended,
      errorType: outcome === 'failed' ? parseErrorType(result.payload) : undefined,
      hasCrashed,
      // What failed has told of its time already.
      initMs: initFailure ? 0 : initMs,
      maxMemoryUsedMb: this.#estimateMemoryMb(),
    });
    const logTail = opened.log.takeTail();
    this.#giveBack(pool, opened, outcome === 'timed-out');
    record(ended);
    return { requestId, payload: result.payload, failed, ...(logTail && { logTail }) };
  }

  /** `lateInitMs`: what an initialisation that took too long takes again, now within the invocation and its timeout. */
  async #runInTime(opened: Opened, order: InvocationOrder, lateInitMs: number): Promise<HandlerResult> {
    const { clock } = this.#world;
    const { timeoutSeconds } = this.props;
    const deadlineMs = clock.now() + timeoutSeconds * 1000;
    const timeout = Promise.withResolvers<undefined>();
    const timer = clock.at(deadlineMs, () => timeout.resolve(undefined));
    const handled = this.#handle(opened, order, { deadlineMs, lateInitMs });
    const result = await Promise.race([handled, timeout.promise]);
    timer.cancel();
    if (result) return result;
    const message = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    this.#parts.log(`${order.requestId} ${message}`);
    opened.log.timedOut(message);
    return { outcome: 'timed-out', payload: renderSandboxError(order.requestId, 'Sandbox.Timedout', message) };
  }

  async #handle(
    opened: Opened,
    { requestId, payload }: InvocationOrder,
    { deadlineMs, lateInitMs }: { deadlineMs: number; lateInitMs: number },
  ): Promise<HandlerResult> {
    const { clock } = this.#world;
    try {
      if (lateInitMs > 0) await clock.sleep(lateInitMs);
      const environment = getEnvironment(opened);
      const event: unknown = JSON.parse(payload.toString() || '{}');
      const context = this.#createContext(requestId, deadlineMs, opened.logStreamName);
      const response = renderResponse(await environment.invoke(event, context));
      await clock.sleep(this.#computeWorkMs(payload.length + response.length));
      environment.assertAlive();
      return { outcome: 'succeeded', payload: response };
    } catch (error) {
      if (clock.now() >= deadlineMs) return { outcome: 'failed', payload: renderError(error) };
      const failure = renderError(error);
      this.#parts.log(error instanceof Error ? renderTrace(error) : String(error));
      opened.log.failed(failure.toString(), opened.environment?.hasCrashed ?? false);
      return { outcome: 'failed', payload: failure };
    }
  }

  /** What the code itself takes, besides what it waits for. */
  #computeWorkMs(payloadBytes: number): number {
    const slowness = VCPU_MEMORY_MB / Math.min(VCPU_MEMORY_MB, this.props.memorySizeMb);
    const baseMs = this.#world.sampleLatencyMs('lambda.handler-base');
    return slowness * (baseMs + (payloadBytes / 1000) * COMPUTE_MS_PER_KILOBYTE);
  }

  #estimateMemoryMb(): number {
    const estimatedMb = MEMORY_USED_MB_BASE + (this.bundle.bytes * MEMORY_USED_PER_CODE_BYTE) / 1_000_000;
    return Math.min(this.props.memorySizeMb, Math.ceil(estimatedMb));
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
  #createContext(requestId: string, deadlineMs: number, logStreamName: string): object {
    const { name, memorySizeMb, logging } = this.props;
    const { clock } = this.#world;
    return {
      awsRequestId: requestId,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: this.arn,
      memoryLimitInMB: String(memorySizeMb),
      logGroupName: logging.logGroup,
      logStreamName,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadlineMs - clock.now())),
    };
  }
}

function describeInitFailure(opened: Opened, neededMs: number): Pick<InitFailure, 'status' | 'errorType'> | undefined {
  if (neededMs > INIT_MS_MAX) return { status: 'timeout' };
  if (opened.environment) return undefined;
  return { status: 'error', errorType: parseErrorType(renderError(opened.error)) };
}

/** @throws what kept it from opening. */
function getEnvironment(opened: Opened): ExecutionEnvironment {
  if (opened.environment) return opened.environment;
  throw opened.error;
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
