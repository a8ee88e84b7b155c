// Runs the command line as a user does, in a process of its own.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

export interface CommandEnd {
  readonly exitCode: number;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
  readonly standardOutput: string;
}

/** By default in the project's own folder, with this process's variables. */
export function runShowdown(
  commandArguments: readonly string[],
  { folder = ROOT, environment = process.env }: { folder?: string; environment?: NodeJS.ProcessEnv } = {},
): Promise<CommandEnd> {
  return new Promise((resolve, reject) => {
    const script = join(ROOT, 'scripts', 'showdown.ts');
    const child = spawn(process.execPath, [script, ...commandArguments], { cwd: folder, env: environment });
    let output = '';
    let standardOutput = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      standardOutput += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, output, standardOutput }));
  });
}
