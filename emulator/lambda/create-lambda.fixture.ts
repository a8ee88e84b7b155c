// Lambda by itself, in a world where every call is allowed: for tests of what other services have no part in.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll } from 'vitest';
import type { Clock } from '../kernel/clock.ts';
import { createWorld, type RunnableWorld } from '../kernel/create-world.ts';
import type { MetricDatum } from '../kernel/world.ts';
import { LogStore } from '../logs/log-store.ts';
import type { RequestHooks } from './execution-environment.ts';
import type { FunctionProps } from './function-props.ts';
import type { InvocationRecord } from './invocation.ts';
import { LambdaService } from './lambda-service.ts';

export const START_MS = Date.UTC(2026, 0, 1);

export interface TestLambda {
  readonly world: RunnableWorld;
  readonly lambda: LambdaService;
  /** Every finished invocation, in order. */
  readonly invocations: InvocationRecord[];
  readonly metrics: MetricDatum[];
  /** Deploys a handler, given as JavaScript that sets `exports.handler`. */
  createFunction(code: string, props?: Partial<FunctionProps>): void;
  /** Starts an invocation; the clock has to be run for it. */
  start(event?: unknown, input?: object): Promise<{ FunctionError?: string; Payload: Buffer }>;
  /** Runs one invocation, and gives what the handler returned or the error's payload. */
  answer(event?: unknown): Promise<ReturnType<typeof JSON.parse>>;
  /** Lets so many milliseconds pass. */
  pass(durationMs: number): Promise<void>;
}

/** One function, `tested`, and what was counted for it. */
export function deployTestFunction(code: string, props: Partial<FunctionProps> = {}) {
  const tested = createTestLambda({ stallMs: 20 });
  tested.createFunction(code, props);
  const valuesOf = (metricName: string, dimensions: object = { FunctionName: 'tested' }) =>
    tested.metrics
      .filter((datum) => datum.metricName === metricName && isDeepStrictEqual(datum.dimensions, dimensions))
      .map(({ value }) => value);
  return { ...tested, valuesOf };
}

/** Code of a handler that does nothing for so long. */
export function sleepFor(durationMs: number): string {
  return `exports.handler = () => new Promise((resolve) => require('timers').setTimeout(() => resolve('slept'), ${durationMs}));`;
}

export interface TestLambdaOptions {
  readonly seed?: number;
  readonly stallMs?: number;
  readonly createHttpModule?: (clock: Clock, hooks: RequestHooks) => unknown;
}

export function createTestLambda(options: TestLambdaOptions = {}): TestLambda {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const metrics: MetricDatum[] = [];
  const world = createWorld({
    seed: options.seed ?? 1,
    startMs: START_MS,
    region: 'us-east-1',
    accountId: '000000000000',
    access: { authorize() {} },
    metrics: () => ({ record: (datum) => metrics.push(datum) }),
    settle: () => lambda.settle(),
  });
  const lambda = new LambdaService(world, {
    httpModuleFor: (_accessKeyId, hooks) => options.createHttpModule?.(world.clock, hooks) ?? {},
    stallMs: options.stallMs ?? 1000,
    logs: new LogStore(world),
  });
  world.gateway.register(lambda.service);
  const invocations: InvocationRecord[] = [];
  lambda.onInvocation((record) => invocations.push(record));
  const start: TestLambda['start'] = async (event = {}, input = {}) => {
    const answer = await world.gateway.call({
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: 'tested', Payload: Buffer.from(JSON.stringify(event)), ...input },
      caller: { kind: 'root' },
    });
    return answer as { Payload: Buffer };
  };
  return {
    world,
    lambda,
    invocations,
    metrics,
    createFunction(code, props = {}) {
      const codeFolder = mkdtempSync(join(folder, 'function-'));
      writeFileSync(join(codeFolder, 'index.js'), code);
      lambda.createFunction(
        {
          name: 'tested',
          roleArn: 'arn:aws:iam::000000000000:role/test',
          memorySizeMb: 512,
          timeoutSeconds: 30,
          handler: 'index.handler',
          environment: {},
          logging: { format: 'Text', logGroup: `/aws/lambda/${props.name ?? 'tested'}` },
          codeFolder,
          ...props,
        },
        { accessKeyId: 'ASIATEST', secretAccessKey: 'secret', sessionToken: 'token' },
      );
    },
    start,
    answer: async (event) => JSON.parse(String((await world.clock.runUntilSettled(start(event))).Payload)),
    pass: (durationMs) => world.clock.runUntil(world.clock.now() + durationMs),
  };
}
