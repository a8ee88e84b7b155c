// Whose promise was rejected without anybody to catch it. Node.js tells of it process-wide; the asynchronous context says
// which execution environment it belongs to.

import { AsyncLocalStorage } from 'node:async_hooks';

/** Told of the reason. */
export type RejectionListener = (reason: unknown) => void;

const owners = new AsyncLocalStorage<RejectionListener | undefined>();
let isListening = false;

/** Runs code whose promises, and those that come of them, belong to `owner`. */
export function runOwned<T>(owner: RejectionListener, run: () => T): T {
  if (!isListening) {
    isListening = true;
    process.on('unhandledRejection', tellOwner);
  }
  return owners.run(owner, run);
}

/** Runs code of the emulator's own on behalf of an environment: its faults are not those of the environment. */
export function runUnowned<T>(run: () => T): T {
  return owners.run(undefined, run);
}

function tellOwner(reason: unknown): void {
  const owner = owners.getStore();
  if (owner) owner(reason);
  // As Node.js would without a listener.
  else if (process.listenerCount('unhandledRejection') === 1) throw reason;
}
