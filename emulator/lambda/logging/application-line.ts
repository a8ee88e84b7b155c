// A line that a function's code prints, as Lambda's Node.js runtime writes it.
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html

import { format, types } from 'node:util';
import { renderTrace } from '../handler-error.ts';
import type { ApplicationLogLevel } from './logging-config.ts';

export interface Printed {
  /** Undefined: written to the output as it is, without the console. */
  readonly level: ApplicationLogLevel | undefined;
  /** What the console's method was given. */
  readonly values: readonly unknown[];
}

export function renderPlain({ values }: Printed): string {
  return format(...values);
}

/** `requestId` is undefined outside an invocation. */
export function renderTextLine(printed: Printed, timeMs: number, requestId: string | undefined): string {
  if (printed.level === undefined) return renderPlain(printed);
  return `${toIso(timeMs)}\t${requestId}\t${printed.level}\t${renderPlain(printed)}\n`;
}

export function renderJsonLine(printed: Printed, timeMs: number, requestId: string | undefined): string {
  const { level, values } = printed;
  if (level === undefined) return renderPlain(printed);
  const line = { timestamp: toIso(timeMs), level, requestId };
  if (values.length === 1) return stringify({ ...line, message: values[0] }, printed);
  const error = values.find((value) => types.isNativeError(value));
  return stringify(
    { ...line, message: renderPlain(printed), ...(types.isNativeError(error) && describe(error)) },
    printed,
  );
}

/** What is no JSON becomes text. */
function stringify(line: object, printed: Printed): string {
  try {
    return JSON.stringify(line, (_key, value: unknown) =>
      types.isNativeError(value) ? { ...describe(value), ...value } : value,
    );
  } catch {
    return JSON.stringify({ ...line, message: renderPlain(printed) });
  }
}

function describe(error: Error): object {
  return {
    errorType: error.constructor?.name ?? 'UnknownError',
    errorMessage: error.message,
    stackTrace: renderTrace(error).split('\n'),
  };
}

export function toIso(timeMs: number): string {
  return new Date(Math.floor(timeMs)).toISOString();
}
