// What a report says that the harness asked of AWS, against what the emulator was asked.

import { GetObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { createEmulator } from '../emulator/emulator.ts';
import { STACK_NAME } from '../infra/names.ts';
import type { LineItem } from '../model/cost/line-item.ts';
import { parseReport } from '../reports/parse-report.ts';
import { followExecution } from '../scripts/command-line/follow-execution.ts';
import { synthesize } from '../scripts/synthesize.ts';
import { openEnvironment } from './run-scenario.ts';

/** Of an item: what leaves no mark in the bucket, such as how often an object was looked for, is expected and not counted. */
const TOLERANCE = 0.06;
const HARNESS_ROLES = /-(Generate|CountArrivals|CollectArrivalEvents|Tally|Report|Showdown)Role/;

test("the harness's bill has the requests that its functions made, to within 6 %", { timeout: 120_000 }, async () => {
  const { assemblyFolder } = await synthesize();
  const emulator = createEmulator({ seed: 1, startMs: Date.UTC(2026, 0, 1) });
  const stack = await emulator.deploy(assemblyFolder, STACK_NAME);
  const requests = new Map<string, number>();
  emulator.onAccess(({ caller, need: { action } }) => {
    if (caller.kind === 'role' && !HARNESS_ROLES.test(caller.roleArn)) return;
    requests.set(action, (requests.get(action) ?? 0) + 1);
  });
  const environment = openEnvironment(emulator, stack);
  const { s3, bucketName: Bucket } = environment;
  const input = { batchSizes: [1, 10, 200], ticks: 3, messagesPerTick: 100 };

  const items = await environment.drive(async () => {
    await followExecution(environment, { runId: 'run', input }, () => {});
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'reports/run/report.json' }));
    return parseReport((await Body?.transformToString()) ?? '', 'report.json').harness.items;
  });

  const counted = (...actions: string[]) => actions.reduce((sum, action) => sum + (requests.get(action) ?? 0), 0);
  expectNear(items, 'S3 PUT requests', counted('s3:PutObject'));
  expectNear(items, 'S3 LIST requests', counted('s3:ListBucket'));
  expectNear(items, 'S3 GET requests', counted('s3:GetObject'));
  expectNear(items, 'S3 events received and deleted', counted('sqs:ReceiveMessage', 'sqs:DeleteMessage'));
});

function expectNear(items: readonly LineItem[], name: string, requests: number): void {
  const { quantity } = items.find(({ item }) => item === name) ?? expect.fail(`the bill has no ${name}`);
  expect(requests).toBeGreaterThan(10);
  expect({ name, share: Math.abs(quantity / requests - 1) }).toEqual({
    name,
    share: expect.toSatisfy((share: number) => share <= TOLERANCE),
  });
}
