// `fs` as a function's code sees it: no file is there. A user's own ~/.aws would make a run depend on whose machine it is.

import type { Gate } from './gate.ts';
import { refuseOthers } from './refusal.ts';

/** What takes a path, and how Node.js calls it in the error. */
const READS = [
  ['access', 'access'],
  ['lstat', 'lstat'],
  ['open', 'open'],
  ['opendir', 'opendir'],
  ['readFile', 'open'],
  ['readdir', 'scandir'],
  ['readlink', 'readlink'],
  ['realpath', 'realpath'],
  ['stat', 'stat'],
] as const;

const CONSTANTS = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 };

/** Reading finds nothing; everything else is refused by name. */
export function createAbsentFiles(subject: string, gate: Gate): { fs: object; promises: object } {
  const promises = refuseOthers(subject, 'fs.promises', {
    constants: CONSTANTS,
    ...Object.fromEntries(READS.map(([name, syscall]) => [name, async (path: unknown) => throwAbsence(syscall, path)])),
  });
  const fs = refuseOthers(subject, 'fs', {
    constants: CONSTANTS,
    promises,
    existsSync: () => false,
    ...Object.fromEntries(
      READS.map(([name, syscall]) => [`${name}Sync`, (path: unknown) => throwAbsence(syscall, path)]),
    ),
    ...Object.fromEntries(READS.map(([name, syscall]) => [name, answerLater(syscall, gate)])),
  });
  return { fs, promises };
}

function answerLater(syscall: string, gate: Gate): (path: unknown, ...rest: unknown[]) => void {
  return (path, ...rest) => {
    const callback = rest.at(-1);
    if (typeof callback === 'function') queueMicrotask(() => gate.run(() => callback(createAbsence(syscall, path))));
  };
}

function throwAbsence(syscall: string, path: unknown): never {
  throw createAbsence(syscall, path);
}

function createAbsence(syscall: string, path: unknown): Error {
  const message = `ENOENT: no such file or directory, ${syscall} '${String(path)}'`;
  return Object.assign(new Error(message), { code: 'ENOENT', errno: -2, syscall, path: String(path) });
}
