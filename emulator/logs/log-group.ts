// A log group: its streams, and the last of their events.

import { AwsError } from '../kernel/errors.ts';
import { compareEvents, type LogEvent, type LogMessage } from './log-event.ts';

export interface LogStream {
  readonly name: string;
  readonly createdMs: number;
  /** Undefined until there is an event. */
  firstEventMs: number | undefined;
  lastEventMs: number | undefined;
  lastIngestionMs: number | undefined;
}

export interface EventFilter {
  /** Undefined: all streams. */
  readonly isStreamWanted?: ((name: string) => boolean) | undefined;
  /** Events at or after it, epoch milliseconds. */
  readonly startMs: number;
  /** Events before it. */
  readonly endMs: number;
}

/** Events kept of each group; AWS keeps all of them. */
export const EVENTS_MAX = 10_000;
/** Characters of text kept of each group; lines that are rendered when they are read count as nothing. */
export const TEXT_LENGTH_MAX = 16_000_000;
/** Streams kept of each group. */
export const STREAMS_MAX = 10_000;
const DAY_MS = 86_400_000;

export class LogGroup {
  readonly name: string;
  readonly createdMs: number;
  /** Undefined: for ever. */
  retentionDays: number | undefined;
  /** Whether it is gone: what still writes to it writes to nothing. */
  isDeleted = false;
  readonly #streams = new Map<string, LogStream>();
  /** Those before `#first` have been let go. */
  #events: LogEvent[] = [];
  #first = 0;
  #textLength = 0;
  #sequence = 0;

  constructor(name: string, createdMs: number, retentionDays: number | undefined) {
    this.name = name;
    this.createdMs = createdMs;
    this.retentionDays = retentionDays;
  }

  /** @throws {AwsError} `ResourceAlreadyExistsException`. */
  createStream(name: string, nowMs: number): LogStream {
    if (this.#streams.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    const [oldest] = this.#streams.keys();
    if (oldest !== undefined && this.#streams.size >= STREAMS_MAX) this.#streams.delete(oldest);
    const createdMs = Math.floor(nowMs);
    const stream = { name, createdMs, firstEventMs: undefined, lastEventMs: undefined, lastIngestionMs: undefined };
    this.#streams.set(name, stream);
    return stream;
  }

  /** @throws {AwsError} `ResourceNotFoundException`. */
  findStream(name: string): LogStream {
    const stream = this.#streams.get(name);
    if (stream) return stream;
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }

  /** In the order in which they were made. */
  get streams(): readonly LogStream[] {
    return [...this.#streams.values()];
  }

  append(stream: LogStream, timestampMs: number, nowMs: number, message: LogMessage): void {
    const event: LogEvent = {
      stream: stream.name,
      timestampMs: Math.floor(timestampMs),
      ingestionMs: Math.floor(nowMs),
      sequence: this.#sequence++,
      message,
    };
    stream.firstEventMs = Math.min(stream.firstEventMs ?? event.timestampMs, event.timestampMs);
    stream.lastEventMs = Math.max(stream.lastEventMs ?? event.timestampMs, event.timestampMs);
    stream.lastIngestionMs = event.ingestionMs;
    this.#events.push(event);
    this.#textLength += measure(event);
    this.#letGo();
  }

  /** In order of time. */
  read({ isStreamWanted, startMs, endMs }: EventFilter, nowMs: number): LogEvent[] {
    const keptFromMs = this.retentionDays === undefined ? 0 : nowMs - this.retentionDays * DAY_MS;
    const fromMs = Math.max(startMs, keptFromMs);
    return this.#events
      .slice(this.#first)
      .filter(({ timestampMs }) => timestampMs >= fromMs && timestampMs < endMs)
      .filter(({ stream }) => isStreamWanted?.(stream) ?? true)
      .sort(compareEvents);
  }

  /** Bytes that AWS would bill: 26 an event besides its text. */
  get storedBytes(): number {
    return this.#textLength + 26 * (this.#events.length - this.#first);
  }

  #letGo(): void {
    while (this.#events.length - this.#first > EVENTS_MAX || this.#textLength > TEXT_LENGTH_MAX) {
      const event = this.#events[this.#first++];
      if (event) this.#textLength -= measure(event);
    }
    if (this.#first <= EVENTS_MAX) return;
    this.#events = this.#events.slice(this.#first);
    this.#first = 0;
  }
}

function measure({ message }: LogEvent): number {
  return typeof message === 'string' ? message.length : 0;
}
