// Lambda: functions, synchronous and asynchronous invocation, concurrency, and the mappings that poll event sources.

import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { Operation, Service } from '../kernel/operation.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import type { LogStore } from '../logs/log-store.ts';
import { openLogStream } from '../logs/log-writer.ts';
import { AsyncQueue } from './async-queue.ts';
import { Concurrency } from './concurrency.ts';
import { createEventSourceMapping } from './event-source-mappings/create-event-source-mapping.ts';
import { deleteEventSourceMapping } from './event-source-mappings/delete-event-source-mapping.ts';
import { EventSourceMappings } from './event-source-mappings/event-source-mappings.ts';
import { getEventSourceMapping } from './event-source-mappings/get-event-source-mapping.ts';
import { listEventSourceMappings } from './event-source-mappings/list-event-source-mappings.ts';
import { updateEventSourceMapping } from './event-source-mappings/update-event-source-mapping.ts';
import type { RequestHooks } from './execution-environment.ts';
import { FunctionLog, type LogListener } from './function-log.ts';
import type { FunctionCredentials, FunctionProps } from './function-props.ts';
import type { InvocationOutcome, InvocationRecord } from './invocation.ts';
import { invoke } from './invoke.ts';
import { LambdaFunction } from './lambda-function.ts';
import { LambdaMetrics } from './lambda-metrics.ts';
import { drawLogStreamName } from './logging/log-stream-name.ts';
import { createFunctionOperations } from './operations/function-operations.ts';
import { type Bundle, loadBundle } from './sandbox/bundle.ts';
import { settleCode } from './settle-code.ts';
import { ThrottleError, type ThrottleReason } from './throttle-error.ts';

export interface LambdaServiceParts {
  /** Makes what code gets for `http` and `https`; the key is that of the function's role. */
  readonly httpModuleFor: (accessKeyId: string, hooks: RequestHooks) => unknown;
  /** Real time after which code that waits for nothing we model is a stall. Default 5,000. */
  readonly stallMs?: number;
  /** Where functions log. */
  readonly logs: LogStore;
}

export interface RunOptions {
  /** Whether the caller wants the end of the log. Default false. */
  readonly wantsTail?: boolean;
  /** Whether requests a second count, as for synchronous invocation. Default true. */
  readonly isRateLimited?: boolean;
}

const STALL_MS_DEFAULT = 5000;

export class LambdaService {
  readonly service: Service;
  readonly mappings: EventSourceMappings;
  readonly #world: World;
  readonly #parts: LambdaServiceParts;
  readonly #functions = new Map<string, LambdaFunction>();
  /** By folder and file: functions that share an asset share its compiled code. */
  readonly #bundles = new Map<string, Bundle>();
  readonly concurrency: Concurrency;
  readonly #metrics: LambdaMetrics;
  readonly #asyncQueue: AsyncQueue;
  readonly #records: ((record: InvocationRecord) => void)[] = [];
  readonly #log = new FunctionLog();
  readonly #random: Random;
  readonly #logStreamRandom: Random;
  /** How often a function of that name was made. */
  readonly #creations = new Map<string, number>();

  constructor(world: World, parts: LambdaServiceParts) {
    this.#world = world;
    this.#parts = parts;
    this.#random = world.random('lambda/request-ids');
    this.#logStreamRandom = world.random('lambda/log-streams');
    this.concurrency = new Concurrency(world.clock.now());
    this.#metrics = new LambdaMetrics(world.metrics);
    this.#asyncQueue = new AsyncQueue({
      world,
      metrics: this.#metrics,
      run: (target, requestId, payload) => this.runOnce(target, requestId, payload, { isRateLimited: false }),
      isStopped: ({ props }) => !this.#functions.has(props.name) || this.concurrency.reservedFor(props.name) === 0,
    });
    this.mappings = new EventSourceMappings(world, this);
    const operations: Operation[] = [
      ...createFunctionOperations(this),
      invoke(this),
      createEventSourceMapping(this.mappings),
      deleteEventSourceMapping(this.mappings),
      getEventSourceMapping(this.mappings),
      listEventSourceMappings(this.mappings),
      updateEventSourceMapping(this.mappings),
    ];
    this.service = { name: 'lambda', operations };
  }

  /**
   * @throws {AwsError} `ResourceConflictException` or `InvalidParameterValueException`.
   * @throws {UnsupportedFeatureError} for code that the sandbox cannot run. And what compiling the code throws.
   */
  createFunction(props: FunctionProps, credentials: FunctionCredentials): LambdaFunction {
    const { name, reservedConcurrency } = props;
    if (this.#functions.has(name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, { status: 409 });
    }
    const created = new LambdaFunction({
      props,
      world: this.#world,
      credentials,
      httpModuleFor: (hooks) => this.#parts.httpModuleFor(credentials.accessKeyId, hooks),
      loadBundle: (folder, file) => this.#loadBundleOnce(folder, file),
      log: (text) => this.#log.add(name, text),
      openLogStream: () => this.#openLogStream(props),
      random: this.#createCodeRandom(name),
    });
    if (reservedConcurrency !== undefined) this.reserveConcurrency(name, reservedConcurrency);
    this.#functions.set(name, created);
    return created;
  }

  /**
   * Code and settings are those of `props` from the next invocation on.
   * @throws {AwsError} `ResourceNotFoundException`, and as `createFunction`.
   */
  updateFunction(props: FunctionProps): void {
    const { name, reservedConcurrency } = props;
    this.findFunction(name).update(props);
    if (reservedConcurrency === undefined) this.concurrency.removeReservation(name);
    else this.reserveConcurrency(name, reservedConcurrency);
  }

  /** By name. */
  get functions(): readonly LambdaFunction[] {
    return [...this.#functions.values()].sort((a, b) => (a.props.name < b.props.name ? -1 : 1));
  }

  /** @throws {AwsError} `InvalidParameterValueException`. */
  reserveConcurrency(functionName: string, concurrency: number): void {
    this.concurrency.reserve(functionName, concurrency, this.#world.clock.now());
  }

  /**
   * What runs may finish; asynchronous events that wait are dropped.
   * @throws {AwsError} `ResourceNotFoundException`. UnsupportedFeatureError while a mapping still polls for it.
   */
  deleteFunction(nameOrArn: string): void {
    const target = this.findFunction(nameOrArn);
    if (this.mappings.list().some((mapping) => mapping.target === target)) {
      throw new UnsupportedFeatureError(
        `function ${target.props.name}`,
        'its deletion before that of its event source mappings',
      );
    }
    target.close();
    this.#functions.delete(target.props.name);
    this.concurrency.removeReservation(target.props.name);
  }

  /** Told of every invocation when it has ended. */
  onInvocation(listener: (record: InvocationRecord) => void): void {
    this.#records.push(listener);
  }

  /** Told of every line that a function prints, and of every error that it ends with. */
  onLog(listener: LogListener): void {
    this.#log.onLine(listener);
  }

  /** What a function printed last, at most a thousand lines. */
  logsOf(functionName: string): readonly string[] {
    return this.#log.read(functionName);
  }

  /** `nameOrArn` may be a name or an unqualified ARN. @throws {AwsError} `ResourceNotFoundException`. */
  findFunction(nameOrArn: string): LambdaFunction {
    const name = nameOrArn.startsWith('arn:') ? (nameOrArn.split(':')[6] ?? '') : nameOrArn;
    const found = this.#functions.get(name);
    if (found) return found;
    const { region, accountId } = this.#world;
    throw new AwsError(
      'ResourceNotFoundException',
      `Function not found: arn:aws:lambda:${region}:${accountId}:function:${name}`,
      { status: 404 },
    );
  }

  /** @throws {AwsError} `TooManyRequestsException` when there is no room, or it would have to grow too fast. */
  async runOnce(
    target: LambdaFunction,
    requestId: string,
    payload: Buffer,
    options: RunOptions = {},
  ): Promise<InvocationOutcome> {
    const { name } = target.props;
    const nowMs = this.#world.clock.now();
    const { isRateLimited = true, wantsTail = false } = options;
    const reason = this.#admit(target, isRateLimited);
    if (reason) {
      this.#metrics.count(name, 'Throttles', 1, nowMs);
      throw new ThrottleError(reason);
    }
    const { inUse: all, unreservedInUse: unreserved } = this.concurrency;
    this.#metrics.countConcurrency(name, { own: this.concurrency.inUseBy(name), all, unreserved }, nowMs);
    try {
      return await target.run({ requestId, payload, wantsTail }, (record) => this.#record(record));
    } finally {
      this.concurrency.release(name);
    }
  }

  /** For invocations that no API call asks for. */
  createRequestId(): string {
    return this.#random.uuid();
  }

  enqueue(target: LambdaFunction, requestId: string, payload: Buffer): void {
    this.#asyncQueue.add(target, requestId, payload);
  }

  /** Whether a running handler can make progress although the clock stands still. */
  hasRunnableCode(): boolean {
    return this.#findRunnable() !== undefined;
  }

  /** For the virtual clock: resolves when no handler can make progress before time advances. @throws {StallError} */
  settle(): Promise<void> {
    return settleCode(() => this.#findRunnable(), this.#parts.stallMs ?? STALL_MS_DEFAULT);
  }

  #findRunnable(): string | undefined {
    for (const [name, candidate] of this.#functions) if (candidate.hasRunnableCode) return name;
    return undefined;
  }

  /** One that is made again under its name must not draw the same identifiers again. */
  #createCodeRandom(functionName: string): Random {
    const count = (this.#creations.get(functionName) ?? 0) + 1;
    this.#creations.set(functionName, count);
    return this.#world.random(`lambda/${functionName}${count === 1 ? '' : `/${count}`}`);
  }

  #openLogStream(props: FunctionProps) {
    const { name, roleArn, logging } = props;
    const streamName = drawLogStreamName(props, this.#world.clock.now(), this.#logStreamRandom);
    const writer = { kind: 'role', roleArn, sessionName: name } as const;
    const target = { writer, groupName: logging.logGroup, streamName };
    return { streamName, writer: openLogStream(this.#world, this.#parts.logs, target) };
  }

  #loadBundleOnce(folder: string, file: string): Bundle {
    const key = JSON.stringify([folder, file]);
    const bundle = this.#bundles.get(key) ?? loadBundle(folder, file);
    this.#bundles.set(key, bundle);
    return bundle;
  }

  #record(record: InvocationRecord): void {
    this.#metrics.countInvocation(record);
    for (const listener of this.#records) listener(record);
  }

  /** Takes the room for an invocation, or says why there is none. */
  #admit(target: LambdaFunction, isRateLimited: boolean): ThrottleReason | undefined {
    const { name: functionName } = target.props;
    const reason = this.concurrency.acquire({ functionName, nowMs: this.#world.clock.now(), isRateLimited });
    if (reason || target.mayStart()) return reason;
    this.concurrency.release(functionName);
    return 'FunctionInvocationRateLimitExceeded';
  }
}
