// What one execution environment logs: to its log stream, where it may, and to whoever invokes with LogType Tail.

import type { Clock } from '../../kernel/clock.ts';
import type { LogMessage } from '../../logs/log-event.ts';
import type { LogWriter } from '../../logs/log-writer.ts';
import { type Printed, renderJsonLine, renderTextLine, toIso } from './application-line.ts';
import {
  APPLICATION_LOG_LEVELS,
  type LoggingConfig,
  SYSTEM_LOG_LEVELS,
  type SystemLogLevel,
} from './logging-config.ts';
import { chooseEndLevel, type InitFailure, type InvocationEnd, JSON_LINES, TEXT_LINES } from './platform-line.ts';

/** "the last 4 KB of the execution log": https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const TAIL_BYTES_MAX = 4096;

export interface EnvironmentLogParts {
  readonly clock: Clock;
  readonly region: string;
  readonly config: LoggingConfig;
  /** Undefined: the function's role may not write, and nothing is logged. */
  readonly writer: LogWriter | undefined;
}

export class EnvironmentLog {
  readonly #parts: EnvironmentLogParts;
  #requestId: string | undefined;
  /** Lines of this invocation, when somebody wants its tail. */
  #tail: LogMessage[] | undefined;

  constructor(parts: EnvironmentLogParts) {
    this.#parts = parts;
  }

  initStart(): void {
    const { config, clock, region } = this.#parts;
    const timeMs = clock.now();
    if (config.format === 'Text') this.#write(timeMs, () => TEXT_LINES.initStart(region));
    else this.#writeSystem('INFO', timeMs, () => JSON_LINES.initStart(timeMs, region));
  }

  initFailed(failure: InitFailure): void {
    const { config, clock } = this.#parts;
    const timeMs = clock.now();
    if (config.format === 'Text') this.#write(timeMs, () => TEXT_LINES.initReport(failure));
    else this.#writeSystem('WARN', timeMs, () => JSON_LINES.initReport(timeMs, failure));
  }

  start(requestId: string, wantsTail: boolean): void {
    const { config, clock } = this.#parts;
    const timeMs = clock.now();
    this.#requestId = requestId;
    this.#tail = wantsTail ? [] : undefined;
    if (config.format === 'Text') this.#write(timeMs, () => TEXT_LINES.start(requestId));
    else this.#writeSystem('INFO', timeMs, () => JSON_LINES.start(timeMs, requestId));
  }

  print(printed: Printed): void {
    const { config, clock } = this.#parts;
    if (!this.#isWanted(printed)) return;
    const timeMs = clock.now();
    const render = config.format === 'Text' ? renderTextLine : renderJsonLine;
    // At once: what was printed may change afterwards.
    this.#write(timeMs, render(printed, timeMs, this.#requestId));
  }

  /** The error that the handler ended with, as the runtime logs it. `payload` is what the caller gets. */
  failed(payload: string, hasCrashed: boolean): void {
    const { errorType, errorMessage, trace } = parsePayload(payload);
    const message = { errorType, errorMessage, stackTrace: trace ?? [] };
    if (this.#parts.config.format === 'JSON') this.print({ level: 'ERROR', values: [message] });
    else {
      const stack = { errorType, errorMessage, stack: trace ?? [] };
      this.print({ level: 'ERROR', values: [`${chooseLabel(errorType, hasCrashed)} \t${JSON.stringify(stack)}`] });
    }
  }

  timedOut(message: string): void {
    const timeMs = this.#parts.clock.now();
    this.#write(timeMs, `${toIso(timeMs)} ${this.#requestId} ${message}\n\n`);
  }

  end(end: InvocationEnd): void {
    const { config, clock } = this.#parts;
    const timeMs = clock.now();
    const { record } = end;
    if (config.format === 'Text') {
      this.#write(timeMs, () => TEXT_LINES.end(record.requestId));
      this.#write(timeMs, () => TEXT_LINES.report(end));
    } else {
      const { runtimeDone, report } = JSON_LINES;
      this.#writeSystem(chooseEndLevel('platform.runtimeDone', record), timeMs, () => runtimeDone(timeMs, end));
      this.#writeSystem(chooseEndLevel('platform.report', record), timeMs, () => report(timeMs, end));
    }
    this.#requestId = undefined;
  }

  /** Of the invocation that has ended last; undefined unless it was asked for. */
  takeTail(): Buffer | undefined {
    const lines = this.#tail?.map((line) => (typeof line === 'string' ? line : line()));
    this.#tail = undefined;
    return lines && Buffer.from(lines.map((line) => line.replace(/\n*$/, '\n')).join('')).subarray(-TAIL_BYTES_MAX);
  }

  #isWanted({ level }: Printed): boolean {
    const { config } = this.#parts;
    if (config.format === 'Text' || level === undefined) return true;
    return APPLICATION_LOG_LEVELS.indexOf(level) >= APPLICATION_LOG_LEVELS.indexOf(config.applicationLevel);
  }

  #writeSystem(level: SystemLogLevel, timeMs: number, message: LogMessage): void {
    const { config } = this.#parts;
    if (config.format === 'Text') return;
    if (SYSTEM_LOG_LEVELS.indexOf(level) >= SYSTEM_LOG_LEVELS.indexOf(config.systemLevel)) this.#write(timeMs, message);
  }

  #write(timeMs: number, message: LogMessage): void {
    this.#parts.writer?.write(timeMs, message);
    this.#tail?.push(message);
  }
}

/** The runtime's own words in its plain text. */
function chooseLabel(errorType: string | undefined, hasCrashed: boolean): string {
  if (errorType === 'Runtime.UnhandledPromiseRejection') return 'Unhandled Promise Rejection';
  return hasCrashed ? 'Uncaught Exception' : 'Invoke Error';
}

interface ErrorPayload {
  readonly errorType?: string;
  readonly errorMessage?: string;
  readonly trace?: readonly string[];
}

function parsePayload(payload: string): ErrorPayload {
  return JSON.parse(payload);
}
