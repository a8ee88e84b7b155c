// The definition as it stands, run by the emulated Step Functions against functions and services that tests make up.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answer,
  answerPayload,
  createTestWorld,
  type ExecutionResult,
} from '../emulator/states/create-test-world.ts';

const SUBSTITUTIONS: Readonly<Record<string, string>> = {
  SqsBatchSize: '10',
  KinesisBatchSize: '100',
  DeliveryStreamPrefix: 'arrivals/',
  DeliveryStreamSizeMbs: '5',
  DeliveryStreamIntervalSeconds: '60',
  TransformSizeMbs: '1',
  TransformIntervalSeconds: '60',
  BucketName: 'results',
  WarmUpSuffix: '.warm-up',
};
/** Everything else stands for itself: a function goes by the name of its substitution. */
const definition = JSON.parse(
  readFileSync(join(import.meta.dirname, 'showdown.asl.json'), 'utf8').replace(
    /\$\{(\w+)\}/g,
    (_, name: string) => SUBSTITUTIONS[name] ?? name.replace('FunctionArn', ''),
  ),
);

export const TICK_SECONDS = 10;
export const TICKS = 3;
export const DRAIN_SECONDS = 60;

/** What CollectArrivalEvents answers when S3 has told of everything. */
export const COLLECTED = { objects: 9, events: 9, dropped: 0, receives: 2, complete: true, more: false };

type Json = Record<string, unknown>;

export function createTrial(service: string, batchSize: number) {
  return {
    trialId: `${service}-b${batchSize}-r1`,
    service,
    batchSize,
    windowSeconds: 20,
    mechanism: `batches of ${batchSize}`,
    ...(service === 'firehose' && { buffer: { transformSizeMbs: 0.5, s3SizeMbs: 2 } }),
  };
}

export function createPlan(services: readonly string[], batchSizes: readonly number[] = [1]) {
  return {
    runId: 'run',
    startedAtMs: 0,
    input: { ticks: TICKS, tickSeconds: TICK_SECONDS, drainTimeoutSeconds: DRAIN_SECONDS },
    lanes: services.map((service) => ({
      service,
      trials: batchSizes.map((batchSize) => createTrial(service, batchSize)),
    })),
  };
}

type FunctionAnswers = Readonly<Record<string, (payload: Json, attempt: number) => unknown>>;

/**
 * A world to run the definition in: functions that do well unless told otherwise, and event source mappings and a
 * delivery stream that take a new setting at once.
 */
export function createScenario(options: {
  plan: ReturnType<typeof createPlan>;
  functions?: FunctionAnswers;
  services?: Readonly<Record<string, Answer>>;
}) {
  const calls: { name: string; payload: Json }[] = [];
  const functions: FunctionAnswers = {
    Plan: () => answerPayload(options.plan),
    Generate: ({ totals }) =>
      answerPayload({
        scheduled: 5,
        sent: 5 + (totals && typeof totals === 'object' && 'sent' in totals ? Number(totals.sent) : 0),
      }),
    CountArrivals: ({ expected }) => answerPayload({ arrived: expected, complete: true }),
    CollectArrivalEvents: () => answerPayload(COLLECTED),
    Tally: () => answerPayload(null),
    Report: () =>
      answerPayload({ verdict: 'good', problems: [], reportKey: 'reports/run/report.md', headline: 'Batching pays' }),
    ...options.functions,
  };
  const attempts = new Map<string, number>();
  const mappings = new Map<unknown, Json>();
  let versionId = 1;
  const test = createTestWorld({
    taskMs: 100,
    answers: {
      'lambda.Invoke': ({ FunctionName, Payload }) => {
        const name = String(FunctionName);
        const payload: Json = JSON.parse(String(Payload));
        const attempt = attempts.get(name) ?? 0;
        attempts.set(name, attempt + 1);
        calls.push({ name, payload });
        return functions[name]?.(payload, attempt);
      },
      'lambda.UpdateEventSourceMapping': ({ UUID, ...setting }) => {
        mappings.set(UUID, setting);
        return { UUID, State: 'Updating' };
      },
      'lambda.GetEventSourceMapping': ({ UUID }) => ({ UUID, State: 'Enabled', ...mappings.get(UUID) }),
      'firehose.DescribeDeliveryStream': () => ({
        DeliveryStreamDescription: {
          DeliveryStreamStatus: 'ACTIVE',
          VersionId: String(versionId),
          Destinations: [{ DestinationId: 'destinationId-1' }],
        },
      }),
      'firehose.UpdateDestination': () => {
        versionId++;
        return {};
      },
      's3.PutObject': () => ({}),
      ...options.services,
    },
  });
  return {
    calls,
    callsOf: (name: string) => calls.filter((call) => call.name === name).map(({ payload }) => payload),
    inputsOf: (operation: string) =>
      test.tasks.filter((task) => task.operation === operation).map(({ input }) => input),
    /** Instants of a function's calls, in milliseconds. */
    timesOf: (name: string) =>
      test.tasks.filter(({ input }) => input.FunctionName === name).map(({ timeMs }) => timeMs),
    recordedTrials: () =>
      test.tasks
        .filter(({ operation, input }) => operation === 'PutObject' && String(input.Key).startsWith('results/'))
        .map(({ input }) => ({ key: input.Key, result: JSON.parse(String(input.Body)) })),
    /** For a function's answer that takes time. */
    sleep: (milliseconds: number) => test.clock.sleep(milliseconds),
    run: () => test.run(definition, { label: 'a test' }),
    /** History events of the only lane. */
    async countLaneEvents({ events }: ExecutionResult) {
      const mapRunArn = JSON.stringify(events).match(/"mapRunArn":"([^"]+)"/)?.[1];
      const { executions } = await test.call('ListExecutions', { mapRunArn });
      const executionArn = JSON.stringify(executions).match(/"executionArn":"([^"]+)"/)?.[1];
      return (await test.finish(executionArn ?? '')).events.length;
    },
  };
}
