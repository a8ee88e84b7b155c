// One line of a log stream, and the order in which lines are given back.

export interface LogEvent {
  readonly stream: string;
  /** When it happened, whole epoch milliseconds. */
  readonly timestampMs: number;
  /** When it came in. */
  readonly ingestionMs: number;
  /** Of all events of its group, in the order in which they came in. */
  readonly sequence: number;
  readonly message: LogMessage;
}

/** Text, or what renders it: most lines are never read. */
export type LogMessage = string | (() => string);

export function renderMessage({ message }: LogEvent): string {
  return typeof message === 'string' ? message : message();
}

/** By time; those of one millisecond as they came in. */
export function compareEvents(a: LogEvent, b: LogEvent): number {
  return a.timestampMs - b.timestampMs || a.sequence - b.sequence;
}

const DIGITS = 56;
const SEQUENCE_RANGE = 2n ** 144n;

/** 56 digits that sort as `compareEvents` does, as AWS's own seem to. */
export function renderEventId({ timestampMs, sequence }: Position): string {
  return String(BigInt(timestampMs) * SEQUENCE_RANGE + BigInt(sequence)).padStart(DIGITS, '0');
}

/** A place in the order of events. */
export interface Position {
  readonly timestampMs: number;
  readonly sequence: number;
}

export function parseEventId(eventId: string): Position | undefined {
  if (!/^\d{56}$/.test(eventId)) return undefined;
  const value = BigInt(eventId);
  return { timestampMs: Number(value / SEQUENCE_RANGE), sequence: Number(value % SEQUENCE_RANGE) };
}

export function comparePositions(a: Position, b: Position): number {
  return a.timestampMs - b.timestampMs || a.sequence - b.sequence;
}
