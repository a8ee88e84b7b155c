// A bus with one rule and one target, whose services only note what they are called with: for tests of delivery.

import { z } from 'zod';
import type { Principal } from '../kernel/access.ts';
import { createWorld } from '../kernel/create-world.ts';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation } from '../kernel/operation.ts';
import type { MetricDatum } from '../kernel/world.ts';
import { createEventbridgeService } from './create-eventbridge-service.ts';
import type { TargetDefinition } from './target-definition.ts';

export const HOUR_MS = 3_600_000;

export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:tested';
export const DEAD_LETTER_ARN = 'arn:aws:sqs:us-east-1:000000000000:dead';

export interface NotedCall {
  readonly service: string;
  readonly caller: Principal;
  readonly input: Readonly<Record<string, unknown>>;
  readonly timeMs: number;
}

export interface TestBusOptions {
  /** Default: the default bus, on which the rule is called `rule` too. */
  readonly busName?: string;
  readonly target?: Partial<TargetDefinition>;
  /** Throws what the target answers, told the number of earlier attempts. Default: takes everything. */
  readonly answer?: (earlier: number) => void;
  /** As `answer`, for the dead-letter queue. */
  readonly answerDeadLetter?: () => void;
}

const OPERATIONS = [
  ['lambda', 'Invoke'],
  ['sqs', 'SendMessage'],
  ['kinesis', 'PutRecord'],
  ['firehose', 'PutRecord'],
] as const;

export function createTestBus({ busName = 'bus', target, answer, answerDeadLetter }: TestBusOptions = {}) {
  const metrics: MetricDatum[] = [];
  const world = createWorld({
    seed: 1,
    startMs: 0,
    region: 'us-east-1',
    accountId: '000000000000',
    access: { authorize() {} },
    metrics: () => ({ record: (datum) => void metrics.push(datum) }),
  });
  const calls: NotedCall[] = [];
  const deadLetters: NotedCall[] = [];
  for (const [service, name] of OPERATIONS) {
    const operation = defineOperation({
      name,
      input: z.looseObject({}),
      needs: () => [],
      handle(input, { caller }) {
        const call = { service, caller, input, timeMs: world.clock.now() };
        if (typeof input.QueueUrl === 'string' && input.QueueUrl.endsWith('/dead')) {
          answerDeadLetter?.();
          deadLetters.push(call);
        } else {
          calls.push(call);
          answer?.(calls.length - 1);
        }
      },
    });
    world.gateway.register({ name: service, operations: [operation] });
  }
  const eventbridge = createEventbridgeService(world);
  world.gateway.register(eventbridge.service);
  if (busName !== 'default') eventbridge.createBus(busName);
  const rule = { busName, name: 'rule' };
  eventbridge.putRule({ ...rule, eventPattern: { source: ['test'] } });
  const putTarget = (definition: Partial<TargetDefinition>) =>
    eventbridge.putTarget(rule, { Id: 'target', Arn: FUNCTION_ARN, ...definition });
  putTarget(target ?? {});
  const call = (operation: string, input: object) =>
    world.clock.runUntilSettled(
      world.gateway.call({ service: 'eventbridge', operation, input, caller: { kind: 'root' } }),
    );
  return {
    clock: world.clock,
    calls,
    deadLetters,
    metrics,
    eventbridge,
    putTarget,
    call,
    put: (entry: object = {}) =>
      call('PutEvents', {
        Entries: [{ EventBusName: busName, Source: 'test', DetailType: 'made', Detail: '{}', ...entry }],
      }),
    /** Sum of a metric, with exactly these dimensions. */
    sumOf: (metricName: string, dimensions: object = { EventBusName: busName, RuleName: 'rule' }) =>
      metrics
        .filter((datum) => datum.metricName === metricName)
        .filter((datum) => JSON.stringify(datum.dimensions) === JSON.stringify(dimensions))
        .reduce((sum, { value }) => sum + value, 0),
  };
}

export function refuse(status: number, code = 'SomeException'): never {
  throw new AwsError(code, 'no', { status });
}
