// One lane's failure leaves the others running, is in the report, and ends the execution as FAILED for a reason that a person
// understands. The failure is a real one: a permission is taken out of the synthesized template.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, describe, expect, test } from 'vitest';
import { createEmulator } from '../emulator/emulator.ts';
import { OUTPUT_NAMES, STACK_NAME } from '../infra/names.ts';
import { parseReport } from '../reports/parse-report.ts';
import type { Environment } from '../scripts/command-line/environment.ts';
import { followExecution } from '../scripts/command-line/follow-execution.ts';
import { synthesize } from '../scripts/synthesize.ts';

const INPUT = { batchSizes: [10], ticks: 1, messagesPerTick: 20, services: ['sqs', 'kinesis'] };

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('a run whose generator may not write to the stream', () => {
  test('fails by name, with the other lane complete and both in the report', async () => {
    const { end, report } = await runWithout('"kinesis:PutRecords"', '"kinesis:PutRecord"');

    expect(end).toMatchObject({ status: 'FAILED', error: 'ShowdownFailedError' });
    expect(end.cause).toContain('Kinesis Data Streams');
    expect(end.cause).toContain('is not authorized to perform: kinesis:PutRecords');
    expect(report.verdict).toBe('failed');
    expect(report.lanes).toMatchObject([
      { service: 'sqs', status: 'completed' },
      { service: 'kinesis', status: 'failed', error: 'AccessDeniedException' },
    ]);
    expect(report.settings).toMatchObject([{ service: 'sqs', sent: 20, arrived: 20, lost: 0 }]);
  });
});

async function runWithout(granted: string, instead: string) {
  const { assemblyFolder } = await synthesize();
  const emulator = createEmulator({ seed: 1, startMs: Date.UTC(2026, 0, 1) });
  const { outputs } = await emulator.deploy(doctorTemplate(assemblyFolder, granted, instead), STACK_NAME);
  const s3 = new S3Client(emulator.clientConfig());
  const environment: Environment = {
    title: 'test',
    emulated: true,
    region: 'us-east-1',
    stateMachineArn: outputs[OUTPUT_NAMES.stateMachineArn] ?? '',
    bucketName: outputs[OUTPUT_NAMES.bucketName] ?? '',
    s3,
    sfn: new SFNClient(emulator.clientConfig()),
    nowMs: () => emulator.clock.now(),
    sleep: (durationMs) => emulator.sleep(durationMs),
    drive: (work) => emulator.runUntilSettled(work()),
  };
  return environment.drive(async () => {
    const end = await followExecution(environment, { runId: 'run', input: INPUT }, () => {});
    const location = { Bucket: environment.bucketName, Key: 'reports/run/report.json' };
    const { Body } = await s3.send(new GetObjectCommand(location));
    const report = parseReport((await Body?.transformToString()) ?? '', 'report.json');
    return { end, report };
  });
}

/** A copy of the assembly in which one text of the template is another. */
function doctorTemplate(assemblyFolder: string, text: string, instead: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  folders.push(folder);
  cpSync(assemblyFolder, folder, { recursive: true });
  const name = readdirSync(folder).find((file) => file.endsWith('.template.json')) ?? '';
  const template = readFileSync(join(folder, name), 'utf8');
  expect(template).toContain(text);
  writeFileSync(join(folder, name), template.replaceAll(text, instead));
  return folder;
}
