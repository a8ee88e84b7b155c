// Deploying to an AWS account and leaving it: the CDK command line does the work.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { EXIT_FAILED } from './exit-codes.ts';

/** Deploys the stack with the account and region of the usual AWS settings. Resolves to the exit code. */
export function deploy(): Promise<number> {
  return runCdk(['deploy', '--all']);
}

/** Deletes the stack with everything in it, reports included. Resolves to the exit code. */
export function destroy(): Promise<number> {
  return runCdk(['destroy', '--all']);
}

function runCdk(cdkArguments: readonly string[]): Promise<number> {
  const cdkPath = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cdkPath, ...cdkArguments], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? EXIT_FAILED));
  });
}
