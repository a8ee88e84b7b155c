// The time source of everything in the emulator. Nothing below emulator/ reads the host's clock.

/** A scheduled callback that can be called off. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the epoch. May have a fraction. */
  now(): number;
  /** Runs `run` at `timeMs`, or at once (after what is already due) when that has passed. */
  at(timeMs: number, run: () => void): Timer;
  after(delayMs: number, run: () => void): Timer;
  /** Resolves `delayMs` from now. */
  sleep(delayMs: number): Promise<void>;
  /** Starts work at the next turn of the clock that nobody waits for. If it fails, so does whoever runs the clock. */
  spawn(work: () => Promise<unknown>): void;
}
