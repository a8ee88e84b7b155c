// The books of whole runs on the emulator: they agree when nobody interferes, and a run that somebody interfered with is INVALID,
// with the size of what he did.

import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { DeployedStack } from '../emulator/cloudformation/deploy-stack.ts';
import { createEmulator, type Emulator } from '../emulator/emulator.ts';
import { STACK_NAME } from '../infra/names.ts';
import type { Message } from '../model/message.ts';
import type { TrialResult } from '../model/trial.ts';
import { BOOK_NAMES } from '../reports/reconciliation-json.ts';
import { renderSummary } from '../reports/render-summary.ts';
import type { ReportJson } from '../reports/report-json.ts';
import type { Environment } from '../scripts/command-line/environment.ts';
import { type ExecutionEnd, followExecution } from '../scripts/command-line/follow-execution.ts';
import { synthesize } from '../scripts/synthesize.ts';
import { openEnvironment } from './run-scenario.ts';

const MINUTE_MS = 60_000;
const STRANGERS_PAUSE_MS = 7000;

interface RunEnd {
  readonly end: ExecutionEnd;
  readonly report: ReportJson;
  readonly markdown: string;
  load(key: string): Promise<string>;
}

type Interfere = (emulator: Emulator, stack: DeployedStack, isOver: () => boolean) => Promise<void>;

async function run(input: object, interfere: Interfere = async () => {}): Promise<RunEnd> {
  const { assemblyFolder } = await synthesize();
  const emulator = createEmulator({ seed: 1, startMs: Date.UTC(2026, 0, 1) });
  const stack = await emulator.deploy(assemblyFolder, STACK_NAME);
  const environment = openEnvironment(emulator, stack);
  const load = (key: string) => environment.drive(() => loadText(environment, key));
  let isOver = false;
  const end = await environment.drive(async () => {
    const [ended] = await Promise.all([
      followExecution(environment, { runId: 'run', input }, () => {}).finally(() => {
        isOver = true;
      }),
      interfere(emulator, stack, () => isOver),
    ]);
    return ended;
  });
  const report: ReportJson = JSON.parse(await load('reports/run/report.json'));
  return { end, report, markdown: await load('reports/run/report.md'), load };
}

async function loadText({ s3, bucketName }: Environment, key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
  return (await Body?.transformToString()) ?? '';
}

describe('a run that nobody interferes with', () => {
  test.each([
    ['message by message, repeated', { batchSizes: [1, 10], repetitions: 2, ticks: 2 }],
    ['in bursts and large calls', { batchSizes: [1, 100], publishBatchSize: 'max', arrivals: 'burst' }],
  ])('%s, agrees in every book of every service', async (_how, input) => {
    const { end, report, markdown } = await run(input);

    expect(end.status).toBe('SUCCEEDED');
    expect(report.verdict).toBe('good');
    expect(report.settings).toHaveLength(8);
    const checks = report.settings.flatMap(({ reconciliation }) => reconciliation.checks);
    expect(new Set(checks.map(({ book }) => book))).toEqual(new Set(BOOK_NAMES));
    expect(checks.filter(({ disagreements }) => disagreements.length > 0)).toEqual([]);
    expect(markdown).toContain('No two books disagree.');
  });
});

describe("a run during which a stranger puts records of his own into the run's stream", () => {
  test('is INVALID in its first line, by as many records as he put, and ends as failed', async () => {
    const putAtMs: number[] = [];
    const { end, report, markdown, load } = await run(
      { batchSizes: [10], ticks: 2, services: ['sqs', 'kinesis'] },
      async (emulator, stack, isOver) => {
        const stream = Object.values(stack.resources).find(({ type }) => type === 'AWS::Kinesis::Stream');
        const kinesis = new KinesisClient(emulator.clientConfig());
        while (!isOver()) {
          await emulator.sleep(STRANGERS_PAUSE_MS);
          putAtMs.push(emulator.clock.now());
          const Data = Buffer.from(JSON.stringify(createStrangersMessage(putAtMs.length)));
          await kinesis.send(new PutRecordCommand({ StreamName: stream?.physicalId, Data, PartitionKey: 'stranger' }));
        }
      },
    );

    const result: TrialResult = JSON.parse(await load('results/run=run/trial=kinesis-b10-r1.json'));
    const windowEndMs = (Math.floor(result.drainedMs / MINUTE_MS) + 1) * MINUTE_MS;
    const records = putAtMs.filter((timeMs) => timeMs >= result.startMs && timeMs < windowEndMs).length;
    expect(records).toBeGreaterThan(5);
    const findPublished = (name: string) =>
      report.settings
        .find(({ service }) => service === name)
        ?.reconciliation.checks.find(({ book }) => book === 'published');
    expect(report.verdict).toBe('invalid');
    expect(findPublished('kinesis')).toMatchObject({ expected: 100, found: 100 + records, difference: records });
    expect(findPublished('sqs')).toMatchObject({ difference: 0, disagreements: [] });

    const sentence = `${100 + records} records by CloudWatch (IncomingRecords), against 100 accepted, by the generator: ${records} more`;
    expect(markdown.split('\n')[0]).toBe('# INVALID: Eventing and messaging showdown');
    expect(markdown).toContain('no figure in this report should be relied on');
    expect(markdown).toContain(sentence);
    expect(renderSummary(report).split('\n')[0]).toMatch(/^INVALID: /);
    expect(end).toMatchObject({ status: 'FAILED', error: 'ShowdownFailedError' });
    expect(end.cause).toContain(sentence);
  });
});

/** A good message of another run: the consumer stores it, under that run's prefix. */
function createStrangersMessage(sequence: number): Message {
  const scheduledAt = new Date(Date.UTC(2026, 0, 1)).toISOString();
  const names = { runId: 'strangers', trialId: 'kinesis-b1-r1', service: 'data stream' } as const;
  return { time: scheduledAt, id: 1, 'random fact': '', sequence, scheduledAt, ...names };
}
