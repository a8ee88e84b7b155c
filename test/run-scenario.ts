// One small run of our own stack on the emulator, from whatever template a test wants, with everything that was asked of the
// access control on the way.

import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { DeployedStack } from '../emulator/cloudformation/deploy-stack.ts';
import { createEmulator, type Emulator } from '../emulator/emulator.ts';
import type { AccessDecision } from '../emulator/iam/access-log.ts';
import { OUTPUT_NAMES, STACK_NAME } from '../infra/names.ts';
import type { Environment } from '../scripts/command-line/environment.ts';
import { followExecution } from '../scripts/command-line/follow-execution.ts';

/** What a run goes through. Together they take every path on which the stack calls AWS. */
export const SCENARIOS = {
  /** Every service, to the report. Before it, a record that is no message is put into the delivery stream. */
  'the default run': { endpointLookup: 'ssm', stopAfterMs: undefined },
  'a run that asks SQS for the queue': { endpointLookup: 'get-queue-url', stopAfterMs: undefined },
  'a run that is stopped': { endpointLookup: 'ssm', stopAfterMs: 30_000 },
} as const;

export type ScenarioName = keyof typeof SCENARIOS;

/** One message a service: paths count here, not figures. */
const INPUT = { batchSizes: [1], ticks: 1, tickSeconds: 1, messagesPerTick: 1, maximumBatchingWindowSeconds: 1 };
/** Long enough for what a stop sets off. */
const AFTER_STOP_MS = 30_000;

export interface ScenarioEnd {
  readonly allowed: readonly AccessDecision[];
  readonly denied: readonly AccessDecision[];
  /** By logical id; empty when the deployment was refused. */
  readonly resources: DeployedStack['resources'];
  readonly status: 'refused deployment' | 'SUCCEEDED' | 'FAILED' | 'stopped';
  /** What CloudFormation or the execution says of its failure. */
  readonly message: string;
}

export interface ScenarioRunner {
  run(template: string, scenario: ScenarioName): Promise<ScenarioEnd>;
  /** Removes the copy of the assembly. */
  close(): void;
}

/** Works on a copy of the assembly, of which only the template changes. */
export function createScenarioRunner(assemblyFolder: string): ScenarioRunner {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  cpSync(assemblyFolder, folder, { recursive: true });
  const templateFile = join(folder, findTemplateFile(folder));
  return {
    async run(template, scenario) {
      writeFileSync(templateFile, template);
      return runScenario(folder, scenario);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function findTemplateFile(assemblyFolder: string): string {
  return readdirSync(assemblyFolder).find((file) => file.endsWith('.template.json')) ?? '';
}

async function runScenario(folder: string, name: ScenarioName): Promise<ScenarioEnd> {
  const emulator = createEmulator({ seed: 1, startMs: Date.UTC(2026, 0, 1) });
  const allowed: AccessDecision[] = [];
  const denied: AccessDecision[] = [];
  emulator.onAccess((decision) => (decision.isAllowed ? allowed : denied).push(decision));
  let stack: DeployedStack;
  try {
    stack = await emulator.deploy(folder, STACK_NAME);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { allowed, denied, resources: {}, status: 'refused deployment', message };
  }
  const end = await runExecution(emulator, stack, name);
  return { allowed, denied, resources: stack.resources, ...end };
}

async function runExecution(
  emulator: Emulator,
  stack: DeployedStack,
  name: ScenarioName,
): Promise<Pick<ScenarioEnd, 'status' | 'message'>> {
  const { endpointLookup, stopAfterMs } = SCENARIOS[name];
  const environment = openEnvironment(emulator, stack);
  const input = { ...INPUT, endpointLookup };
  return environment.drive(async () => {
    await putStrayRecord(emulator, stack);
    if (stopAfterMs !== undefined) {
      const { sfn, stateMachineArn } = environment;
      const start = new StartExecutionCommand({ stateMachineArn, name: 'run', input: JSON.stringify(input) });
      const { executionArn } = await sfn.send(start);
      await emulator.sleep(stopAfterMs);
      await sfn.send(new StopExecutionCommand({ executionArn }));
      await emulator.sleep(AFTER_STOP_MS);
      return { status: 'stopped', message: '' };
    }
    const { status, error, cause } = await followExecution(environment, { runId: 'run', input }, () => {});
    return { status: status === 'SUCCEEDED' ? status : 'FAILED', message: `${error}: ${cause}` };
  });
}

/** The command line's way to a deployed stack. */
export function openEnvironment(emulator: Emulator, { outputs }: DeployedStack): Environment {
  return {
    title: 'test',
    emulated: true,
    region: 'us-east-1',
    stateMachineArn: outputs[OUTPUT_NAMES.stateMachineArn] ?? '',
    bucketName: outputs[OUTPUT_NAMES.bucketName] ?? '',
    s3: new S3Client(emulator.clientConfig()),
    sfn: new SFNClient(emulator.clientConfig()),
    nowMs: () => emulator.clock.now(),
    sleep: (durationMs) => emulator.sleep(durationMs),
    drive: (work) => emulator.runUntilSettled(work()),
  };
}

/** The transform cannot read it, so that Firehose stores it under `errors/`. */
async function putStrayRecord(emulator: Emulator, { resources }: DeployedStack): Promise<void> {
  const stream = Object.values(resources).find(({ type }) => type === 'AWS::KinesisFirehose::DeliveryStream');
  const Record = { Data: Buffer.from('no message') };
  const firehose = new FirehoseClient(emulator.clientConfig());
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: stream?.physicalId, Record }));
}
