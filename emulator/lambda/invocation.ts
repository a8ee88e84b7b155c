// One run of a handler, as it is told of.

/** `failed`: the handler threw, or could not be started. */
export type Outcome = 'succeeded' | 'failed' | 'timed-out';

/** What the caller gets. */
export interface InvocationOutcome {
  readonly requestId: string;
  /** JSON: what the handler returned, or the error that it threw. */
  readonly payload: Buffer;
  readonly failed: boolean;
  /** The end of the log, at most 4 KB, where it was asked for. */
  readonly logTail?: Buffer;
}

/** What is counted and billed. */
export interface InvocationRecord {
  readonly functionName: string;
  readonly requestId: string;
  /** The handler's start. Epoch milliseconds. */
  readonly startMs: number;
  /** Without the initialisation. */
  readonly durationMs: number;
  /** 0 when warm. */
  readonly initMs: number;
  /** Whole milliseconds, the initialisation included. */
  readonly billedMs: number;
  readonly memorySizeMb: number;
  readonly coldStart: boolean;
  readonly outcome: Outcome;
  /** Whether `outcome` is anything but `succeeded`. */
  readonly failed: boolean;
}
