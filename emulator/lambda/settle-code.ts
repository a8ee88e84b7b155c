// Holds virtual time while a function's code can get on without it.

import { turnEventLoop } from '../kernel/virtual-clock.ts';

/** Thrown when a handler waits for something that virtual time will never bring. */
export class StallError extends Error {
  override name = 'StallError';
}

/** Turns taken as fast as they come: most code needs none, and real work on a thread rarely as many. */
const QUICK_TURNS = 200;

/**
 * `findRunnable` gives the name of a function that can make progress although time stands still. Resolves when there is none:
 * after one turn of the event loop as a rule.
 * @throws {StallError} when there is still one after about `stallMs` of real time.
 */
export async function settleCode(findRunnable: () => string | undefined, stallMs: number): Promise<void> {
  for (let turns = 0; ; turns++) {
    await turnEventLoop();
    const functionName = findRunnable();
    if (functionName === undefined) return;
    if (turns >= QUICK_TURNS + stallMs) {
      throw new StallError(
        `function ${functionName} waits for something that the emulator does not model: it has no request and no timer under way`,
      );
    }
    if (turns >= QUICK_TURNS) restOneMillisecond();
  }
}

/** Leaves the processor to the host's threads. It waits by itself, as no code here may ask the host for the time. */
function restOneMillisecond(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
