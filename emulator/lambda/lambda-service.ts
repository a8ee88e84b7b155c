// Lambda: functions, synchronous and asynchronous invocation, concurrency, and the mappings that poll event sources.

import { AwsError } from '../kernel/errors.ts';
import type { Operation, Service } from '../kernel/operation.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { AsyncQueue } from './async-queue.ts';
import { EventSourceMappings } from './event-source-mappings/event-source-mappings.ts';
import { getEventSourceMapping } from './event-source-mappings/get-event-source-mapping.ts';
import { updateEventSourceMapping } from './event-source-mappings/update-event-source-mapping.ts';
import type { HttpModuleFactory, RequestHooks } from './execution-environment.ts';
import { invoke } from './invoke.ts';
import {
  type FunctionCredentials,
  type FunctionProps,
  type InvocationOutcome,
  type InvocationRecord,
  LambdaFunction,
} from './lambda-function.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: an account's default in a Region. */
const ACCOUNT_CONCURRENCY = 1000;
/** Lines kept of each function's output. */
const LOG_LINES_MAX = 1000;

/** Thrown when a handler waits for something that virtual time will never bring. */
export class StallError extends Error {
  override name = 'StallError';
}

/** Turns of the event loop granted to code that waits for nothing the clock knows, a millisecond apart after the first. */
const SETTLE_TURNS_MAX = 5000;

export class LambdaService {
  readonly service: Service;
  readonly mappings: EventSourceMappings;
  readonly #world: World;
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #asyncQueue: AsyncQueue;
  readonly #httpModuleFor: (accessKeyId: string, hooks: RequestHooks) => unknown;
  readonly #records: ((record: InvocationRecord) => void)[] = [];
  readonly #logs = new Map<string, string[]>();
  readonly #random: Random;

  constructor(world: World, parts: { httpModuleFor: (accessKeyId: string, hooks: RequestHooks) => unknown }) {
    this.#world = world;
    this.#random = world.random('lambda/request-ids');
    this.#httpModuleFor = parts.httpModuleFor;
    this.#asyncQueue = new AsyncQueue(world, (target, requestId, payload) => this.runOnce(target, requestId, payload));
    this.mappings = new EventSourceMappings(world, this);
    const operations: Operation[] = [
      invoke(this),
      getEventSourceMapping(this.mappings),
      updateEventSourceMapping(this.mappings),
    ];
    this.service = { name: 'lambda', operations };
  }

  createFunction(props: FunctionProps, credentials: FunctionCredentials): LambdaFunction {
    const httpModuleFor: HttpModuleFactory = (hooks) => this.#httpModuleFor(credentials.accessKeyId, hooks);
    const created = new LambdaFunction({
      props,
      world: this.#world,
      credentials,
      httpModuleFor,
      log: (name, text) => this.#keepLog(name, text),
    });
    this.#functions.set(props.name, created);
    return created;
  }

  onInvocation(listener: (record: InvocationRecord) => void): void {
    this.#records.push(listener);
  }

  /** What a function printed last, at most a thousand lines. */
  logsOf(functionName: string): readonly string[] {
    return this.#logs.get(functionName) ?? [];
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

  /** @throws {AwsError} `TooManyRequestsException` when the account or the function has no concurrency left. */
  async runOnce(target: LambdaFunction, requestId: string, payload: Buffer): Promise<InvocationOutcome> {
    const { name, reservedConcurrency } = target.props;
    const inUse = [...this.#functions.values()].reduce((sum, { concurrency }) => sum + concurrency, 0);
    if (inUse >= ACCOUNT_CONCURRENCY || target.concurrency >= (reservedConcurrency ?? ACCOUNT_CONCURRENCY)) {
      this.#count(name, 'Throttles', 1, this.#world.clock.now());
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', { status: 429 });
    }
    return target.run(requestId, payload, (record) => this.#record(record));
  }

  /** For invocations that no API call asks for. */
  createRequestId(): string {
    return this.#random.uuid();
  }

  enqueue(target: LambdaFunction, requestId: string, payload: Buffer): void {
    this.#asyncQueue.add(target, requestId, payload);
  }

  /** For the virtual clock: resolves when no handler can make progress before time advances. @throws {StallError} */
  async settle(): Promise<void> {
    await turn();
    for (let turns = 0; ; turns++) {
      const stalled = [...this.#functions.values()].find((candidate) => candidate.hasRunnableCode);
      if (!stalled) return;
      if (turns === SETTLE_TURNS_MAX) {
        throw new StallError(
          `function ${stalled.props.name} waits for something that the emulator does not model: it has no request and no timer under way`,
        );
      }
      await turn();
    }
  }

  #record(record: InvocationRecord): void {
    const { functionName, startMs, durationMs, failed } = record;
    this.#count(functionName, 'Invocations', 1, startMs);
    this.#count(functionName, 'Errors', failed ? 1 : 0, startMs);
    this.#count(functionName, 'Duration', durationMs, startMs);
    this.#count(functionName, 'Throttles', 0, startMs);
    for (const listener of this.#records) listener(record);
  }

  #count(functionName: string, metricName: string, value: number, timeMs: number): void {
    this.#world.metrics.record({
      namespace: 'AWS/Lambda',
      metricName,
      dimensions: { FunctionName: functionName },
      value,
      timeMs,
    });
  }

  #keepLog(functionName: string, text: string): void {
    const lines = this.#logs.get(functionName) ?? [];
    lines.push(text);
    if (lines.length > LOG_LINES_MAX) lines.shift();
    this.#logs.set(functionName, lines);
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
