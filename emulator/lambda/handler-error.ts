// How Lambda tells of a handler that failed: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html

import { types } from 'node:util';
import { TASK_ROOT } from './sandbox/bundle.ts';

/** What comes back as an invocation's payload. */
interface ErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Thrown where Lambda's runtime, not the function's code, is what fails. */
export class RuntimeError extends Error {
  override name = 'RuntimeError';
  /** As AWS spells it: `Runtime.HandlerNotFound`. */
  readonly errorType: string;
  readonly trace: readonly string[];

  constructor(errorType: string, message: string, options: { cause?: unknown; trace?: readonly string[] } = {}) {
    super(message, options);
    this.errorType = errorType;
    this.trace = options.trace ?? [];
  }
}

export function renderError(error: unknown): Buffer {
  return render(describeError(error));
}

/** An error that Lambda itself reports, as there is no runtime left to do so. */
export function renderSandboxError(requestId: string, errorType: string, message: string): Buffer {
  return render({ errorType, errorMessage: `RequestId: ${requestId} Error: ${message}` });
}

function describeError(error: unknown): ErrorPayload {
  if (!types.isNativeError(error) && !isErrorLike(error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  if (error instanceof RuntimeError)
    return { errorType: error.errorType, errorMessage: error.message, trace: error.trace };
  return { errorType: error.name, errorMessage: error.message, trace: renderTrace(error).split('\n') };
}

function isErrorLike(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'name' in error && 'message' in error && 'stack' in error;
}

/** The stack without the emulator's own frames: it would name places on this machine, which differ from run to run. */
export function renderTrace(error: Error): string {
  const lines = String(error.stack).split('\n');
  return lines.filter((line) => !/^\s+at /.test(line) || line.includes(TASK_ROOT) || /[( ]node:/.test(line)).join('\n');
}

/** Of a payload that `renderError` or `renderSandboxError` made. */
export function parseErrorType(payload: Buffer): string | undefined {
  const { errorType }: { errorType?: string } = JSON.parse(payload.toString());
  return errorType;
}

function render(payload: ErrorPayload): Buffer {
  return Buffer.from(JSON.stringify(payload));
}
