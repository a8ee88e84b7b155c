// A world with Step Functions, a function service and an object store that tests fill in; everything else is the real thing.

import { z } from 'zod';
import type { Principal } from '../kernel/access.ts';
import { createWorld } from '../kernel/create-world.ts';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { VirtualClock } from '../kernel/virtual-clock.ts';
import type { World } from '../kernel/world.ts';
import { createS3Service } from '../s3/create-s3-service.ts';
import { createSfnService, type SfnService } from './create-sfn-service.ts';

export const START_MS = Date.UTC(2026, 0, 1);
export const ROLE_ARN = 'arn:aws:iam::000000000000:role/machine';

/** What a test makes of one call: a result, or an error thrown. `attempt` counts from 0. */
export type Answer = (input: Record<string, unknown>, attempt: number) => unknown;

export interface ObservedTask {
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly caller: Principal;
  readonly timeMs: number;
}

export interface ExecutionResult {
  readonly status: string;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly durationMs: number;
  readonly events: readonly Record<string, unknown>[];
  /** The events' types in order. */
  readonly types: readonly unknown[];
}

export interface TestWorld {
  readonly clock: VirtualClock;
  readonly world: World;
  readonly sfn: SfnService;
  /** Calls of tasks so far. */
  readonly tasks: readonly ObservedTask[];
  /** Runs the machine `m` with these states to its end. */
  run(definition: object, input?: unknown): Promise<ExecutionResult>;
  /** Makes the machine `m`. */
  create(definition: object): string;
  /** Puts an object into the bucket `bucket`; needs `withS3`. */
  putObject(key: string, body: string | Buffer): Promise<void>;
  /** The text of an object in the bucket `bucket`. */
  getText(key: string): Promise<string>;
  /** Calls an operation of Step Functions as root, driving the clock until it answers. */
  call(operation: string, input: unknown): Promise<Record<string, unknown>>;
  /** Runs the clock until the execution has ended. */
  finish(executionArn: string): Promise<ExecutionResult>;
}

/**
 * `answers` by operation: `lambda.Invoke`, `s3.PutObject`, … Each takes `taskMs` besides its API latency. `withS3` gives
 * the real S3 with a bucket `bucket`.
 */
export function createTestWorld(
  options: {
    answers?: Readonly<Record<string, Answer>>;
    taskMs?: number;
    denied?: readonly string[];
    withS3?: boolean;
  } = {},
): TestWorld {
  const { answers = {}, taskMs = 0, denied = [], withS3 = false } = options;
  const world = createWorld({
    seed: 1,
    startMs: START_MS,
    region: 'us-east-1',
    accountId: '000000000000',
    access: {
      authorize(caller, need) {
        if (caller.kind === 'role' && denied.includes(need.action)) {
          throw new AwsError('AccessDeniedException', `not authorized to perform: ${need.action}`, { status: 403 });
        }
      },
    },
    metrics: () => ({ record() {} }),
  });
  const { clock, gateway } = world;
  const tasks: ObservedTask[] = [];
  for (const [name, answer] of Object.entries(answers)) {
    const [service = '', operationName = ''] = name.split('.');
    gateway.register({ name: service, operations: [createTask(operationName, answer, { clock, taskMs, tasks })] });
  }
  if (withS3) {
    const s3 = createS3Service(world);
    gateway.register(s3.service);
    s3.createBucket('bucket');
  }
  const sfn = createSfnService(world);
  gateway.register(sfn.service);

  const call: TestWorld['call'] = async (operation, input) => {
    const answered = gateway.call({ service: 'sfn', operation, input, caller: { kind: 'root' } });
    return z.record(z.string(), z.unknown()).parse(await clock.runUntilSettled(answered));
  };
  const create: TestWorld['create'] = (definition) =>
    sfn.createStateMachine({
      name: 'm',
      definition: JSON.stringify({ QueryLanguage: 'JSONata', ...definition }),
      roleArn: ROLE_ARN,
      type: 'STANDARD',
    }).stateMachineArn;
  const finish: TestWorld['finish'] = async (executionArn) => {
    let described = await call('DescribeExecution', { executionArn });
    while (described.status === 'RUNNING') {
      await clock.runUntil(clock.now() + 60_000);
      described = await call('DescribeExecution', { executionArn });
    }
    return readResult(call, executionArn, described);
  };
  const callS3 = (operation: string, input: object) =>
    clock.runUntilSettled(
      gateway.call({ service: 's3', operation, input: { Bucket: 'bucket', ...input }, caller: { kind: 'root' } }),
    );
  return {
    async putObject(key, body) {
      await callS3('PutObject', { Key: key, Body: Buffer.from(body) });
    },
    async getText(key) {
      return z
        .object({ Body: z.instanceof(Buffer) })
        .parse(await callS3('GetObject', { Key: key }))
        .Body.toString();
    },
    clock,
    world,
    sfn,
    tasks,
    call,
    create,
    finish,
    async run(definition, input = {}) {
      const stateMachineArn = create(definition);
      const started = await call('StartExecution', { stateMachineArn, input: JSON.stringify(input) });
      return finish(String(started.executionArn));
    },
  };
}

function createTask(
  name: string,
  answer: Answer,
  { clock, taskMs, tasks }: { clock: VirtualClock; taskMs: number; tasks: ObservedTask[] },
): Operation {
  let attempt = 0;
  return defineOperation({
    name,
    input: z.record(z.string(), z.unknown()),
    needs: () => [],
    async handle(input, { caller }) {
      tasks.push({ operation: name, input, caller, timeMs: clock.now() });
      await clock.sleep(taskMs);
      return answer(input, attempt++);
    },
  });
}

async function readResult(
  call: TestWorld['call'],
  executionArn: string,
  described: Record<string, unknown>,
): Promise<ExecutionResult> {
  const events = await readEvents(call, executionArn);
  return {
    status: String(described.status),
    output: typeof described.output === 'string' ? JSON.parse(described.output) : undefined,
    error: typeof described.error === 'string' ? described.error : undefined,
    cause: typeof described.cause === 'string' ? described.cause : undefined,
    durationMs: Math.round(1000 * (Number(described.stopDate) - Number(described.startDate))),
    events,
    types: events.map((event) => event.type),
  };
}

async function readEvents(call: TestWorld['call'], executionArn: string): Promise<Record<string, unknown>[]> {
  const events: Record<string, unknown>[] = [];
  let nextToken: unknown;
  do {
    const page = await call('GetExecutionHistory', {
      executionArn,
      maxResults: 1000,
      ...(nextToken ? { nextToken } : {}),
    });
    events.push(...z.array(z.record(z.string(), z.unknown())).parse(page.events));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}

/** What a function that answers `payload` gives. */
export function answerPayload(payload: unknown): Record<string, unknown> {
  return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: Buffer.from(JSON.stringify(payload)) };
}

/** What a function that throws gives. */
export function answerFunctionError(errorType: string, errorMessage: string): Record<string, unknown> {
  return { ...answerPayload({ errorType, errorMessage, trace: [] }), FunctionError: 'Unhandled' };
}
