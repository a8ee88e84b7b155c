// Work outside virtual time, such as an SDK client that reads its configuration before it sends a request. The clock has to
// wait for it in real time, or how far it gets would depend on the speed of the host.

import { turnEventLoop } from './virtual-clock.ts';

/** Turns of the event loop that work may take at a time: some seconds. */
const TURNS_MAX = 1_000_000;

/** Thrown when work outside virtual time neither ends nor asks the emulator for anything. */
class OutsideWorkError extends Error {
  override name = 'OutsideWorkError';
}

export class OutsideWork {
  #underWay = 0;

  /** From now on the clock stands still, until `end` is called as often. */
  begin(): void {
    this.#underWay++;
  }

  end(): void {
    this.#underWay--;
  }

  /** Lets the clock go on while the work waits for something that virtual time brings. */
  async waitFor<T>(start: () => Promise<T>): Promise<T> {
    this.end();
    try {
      return await start();
    } finally {
      this.begin();
    }
  }

  /** @throws {OutsideWorkError} */
  async settle(): Promise<void> {
    for (let turns = 0; this.#underWay > 0; turns++) {
      if (turns === TURNS_MAX) throw new OutsideWorkError('a client of the emulator has been busy for too long');
      await turnEventLoop();
    }
  }
}
