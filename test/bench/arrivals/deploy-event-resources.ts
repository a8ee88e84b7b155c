// Deploys the part of the stack that S3's events go through, without lanes and functions: its constructs are the stack's own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import type { Account } from '../../../emulator/account.ts';
import { ArrivalEventsQueue } from '../../../infra/arrival-events-queue.ts';
import { ResultsBucket } from '../../../infra/results-bucket.ts';

export interface EventResources {
  readonly bucketName: string;
  readonly queueUrl: string;
  readonly queueName: string;
}

const OUTPUT_NAMES = ['BucketName', 'QueueUrl', 'QueueName'] as const;

export async function deployEventResources(account: Account): Promise<EventResources> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-arrivals-'));
  try {
    createApp(folder).synth();
    const { outputs } = await account.deploy(folder);
    const [bucketName, queueUrl, queueName] = OUTPUT_NAMES.map((name) => outputs[name]);
    if (!bucketName || !queueUrl || !queueName) throw new Error('the stack has no bucket or no queue');
    return { bucketName, queueUrl, queueName };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function createApp(folder: string): App {
  const app = new App({
    context: recommendedFeatureFlags,
    outdir: folder,
    analyticsReporting: false,
    treeMetadata: false,
  });
  const stack = new Stack(app, 'arrival-events');
  const bucket = new ResultsBucket(stack, 'Results');
  const queue = new ArrivalEventsQueue(stack, 'ArrivalEvents', bucket);
  const values = [bucket.bucketName, queue.queueUrl, queue.queueName];
  for (const [index, name] of OUTPUT_NAMES.entries()) new CfnOutput(stack, name, { value: values[index] ?? '' });
  return app;
}
