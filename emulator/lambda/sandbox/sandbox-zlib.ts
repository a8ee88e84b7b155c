// `zlib` as a function's code sees it: real, but nothing of it runs on a thread.

import zlib from 'node:zlib';
import { callBackWithoutThread } from './call-back-without-thread.ts';
import type { Gate } from './gate.ts';
import { createRefusedMember } from './refusal.ts';

/** Streams and what makes them: they compress on a thread. */
const STREAM = /^(create)?[A-Z][a-z]/;

export function createSandboxZlib(subject: string, gate: Gate): object {
  const members: Record<string, unknown> = {};
  for (const name of Object.keys(zlib)) {
    if (`${name}Sync` in zlib) members[name] = callBackWithoutThread(zlib, name, gate);
    else if (STREAM.test(name)) members[name] = createRefusedMember(subject, `zlib.${name}`);
    else members[name] = Reflect.get(zlib, name);
  }
  return members;
}
