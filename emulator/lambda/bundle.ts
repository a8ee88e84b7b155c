// A function's code: one CommonJS file, compiled once; every execution environment runs it afresh.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** Names that the code must not find in the host: each environment passes its own. */
export const SHADOWED = [
  'exports',
  'require',
  'module',
  '__filename',
  '__dirname',
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
  'fetch',
] as const;

export type Shadowed = (typeof SHADOWED)[number];

export interface Bundle {
  readonly bytes: number;
  /** Runs the file once, with these in place of the host's. */
  readonly evaluate: (stand: Readonly<Record<Shadowed, unknown>>) => void;
}

/** @throws when the folder has no `<file>.js`, or it does not compile. */
export function loadBundle(folder: string, handler: string): { bundle: Bundle; exportName: string } {
  const [file = 'index', exportName = 'handler'] = handler.split('.');
  const path = join(folder, `${file}.js`);
  const code = readFileSync(path, 'utf8');
  const script = new Script(`(function (${SHADOWED.join(', ')}) {${code}\n})`, { filename: path });
  const run: (...values: unknown[]) => void = script.runInThisContext();
  return {
    bundle: {
      bytes: Buffer.byteLength(code),
      evaluate: (stand) => run.call(undefined, ...SHADOWED.map((name) => stand[name])),
    },
    exportName,
  };
}
