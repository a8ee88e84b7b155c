// A function's code: one CommonJS file, compiled once; every execution environment runs it afresh.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { UnsupportedFeatureError } from '../../kernel/errors.ts';

/** Names that the code must not find in the host: each environment passes its own. */
const SHADOWED = [
  'exports',
  'require',
  'module',
  '__filename',
  '__dirname',
  'globalThis',
  'global',
  'process',
  'Date',
  'performance',
  'Math',
  'crypto',
  'console',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'AbortSignal',
  'fetch',
  'BroadcastChannel',
  'EventSource',
  'MessageChannel',
  'WebSocket',
] as const;

export type Shadowed = (typeof SHADOWED)[number];

export interface Bundle {
  readonly bytes: number;
  /** Of the file, in base64. */
  sha256(): string;
  /** Where the code believes to be. */
  readonly path: string;
  /** Runs the file once, with these in place of the host's. */
  readonly evaluate: (standIns: Readonly<Record<Shadowed, unknown>>) => void;
}

/** Where Lambda unpacks a function's code: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const TASK_ROOT = '/var/task';

/** `file` is the handler's part before the dot. @throws what compiling it throws, or UnsupportedFeatureError. */
export function loadBundle(folder: string, file: string): Bundle {
  const hostPath = join(folder, `${file}.js`);
  if (!existsSync(hostPath)) throw new UnsupportedFeatureError(`code in ${folder}`, `a handler without ${file}.js`);
  const code = readFileSync(hostPath, 'utf8');
  const path = `${TASK_ROOT}/${file}.js`;
  const opening = `(function (${SHADOWED.join(', ')}) {`;
  // Errors then name the place in the deployed file, wherever that lies on this machine.
  const script = new Script(`${opening}${code}\n})`, { filename: path, columnOffset: -opening.length });
  const run: (...values: unknown[]) => void = script.runInThisContext();
  return {
    bytes: Buffer.byteLength(code),
    path,
    sha256: () => createHash('sha256').update(code).digest('base64'),
    evaluate: (standIns) => run.call(undefined, ...SHADOWED.map((name) => standIns[name])),
  };
}
