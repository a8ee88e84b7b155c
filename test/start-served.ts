// `showdown serve` in a process of its own, as a user starts it.

import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Served {
  /** What it tells the user to export, upon this process's own variables. */
  readonly environment: NodeJS.ProcessEnv;
  /** Standard output and standard error so far. */
  output(): string;
  /** Interrupts it. Resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** `serveArguments` besides the port, which is any that is free. */
export async function startServed(serveArguments: readonly string[] = []): Promise<Served> {
  const script = join(import.meta.dirname, '..', 'scripts', 'showdown.ts');
  const child = spawn(process.execPath, [script, 'serve', '--port', '0', ...serveArguments]);
  let output = '';
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  await new Promise<void>((resolve, reject) => {
    const add = (chunk: Buffer) => {
      output += chunk;
      if (/AWS_SESSION_TOKEN=.*\n/.test(output)) resolve();
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    void ended.then((code) => reject(new Error(`serve ended with ${code}: ${output}`)));
  });
  const exported = [...output.matchAll(/\b(AWS_[A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]);
  return {
    environment: { ...process.env, ...Object.fromEntries(exported) },
    output: () => output,
    stop() {
      child.kill('SIGINT');
      return ended;
    },
  };
}
