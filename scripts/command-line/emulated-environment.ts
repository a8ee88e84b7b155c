// The showdown's stack on the embedded emulator, in virtual time.

import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createEmulator } from '../../emulator/emulator.ts';
import { OUTPUT_NAMES, STACK_NAME } from '../../infra/names.ts';
import { synthesize } from '../synthesize.ts';
import type { Environment } from './environment.ts';

export const EMULATED_REGION = 'us-east-1';

/** Every emulated run starts at this instant, so that the same seed gives the same report byte for byte. */
const START_MS = Date.UTC(2026, 0, 1);

/** Thrown when the template lacks an output that the command line needs. */
class MissingOutputError extends Error {
  override name = 'MissingOutputError';
}

export async function openEmulatedEnvironment(options: { seed: number }): Promise<Environment> {
  const { assemblyFolder } = await synthesize();
  const emulator = createEmulator({ seed: options.seed, startMs: START_MS, region: EMULATED_REGION });
  const { outputs } = await emulator.deploy(assemblyFolder, STACK_NAME);
  return {
    title: `the emulator, seed ${options.seed}`,
    emulated: true,
    region: EMULATED_REGION,
    stateMachineArn: parseOutput(outputs, OUTPUT_NAMES.stateMachineArn),
    bucketName: parseOutput(outputs, OUTPUT_NAMES.bucketName),
    sfn: new SFNClient(emulator.clientConfig()),
    s3: new S3Client(emulator.clientConfig()),
    nowMs: () => emulator.clock.now(),
    sleep: (durationMs) => emulator.sleep(durationMs),
    drive: (work) => emulator.runUntilSettled(work()),
  };
}

function parseOutput(outputs: Readonly<Record<string, string>>, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new MissingOutputError(`the stack has no output ${name}`);
  return value;
}
