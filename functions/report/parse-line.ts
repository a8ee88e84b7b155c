// One line of an arrival object.

import type { ArrivedMessage } from '../../model/message.ts';

/** What the report takes from a line. */
export interface ArrivedLine
  extends Pick<ArrivedMessage, 'runId' | 'trialId' | 'sequence' | 'receivedAt' | 'requestId' | 'coldStart' | 'initMs'> {
  /** Epoch milliseconds. */
  readonly scheduledAtMs: number;
}

/** Undefined when the line is not an arrived message. By hand, not by schema: a run has hundreds of thousands of them. */
export function parseLine(text: string): ArrivedLine | undefined {
  const value = parseObject(text);
  if (!value) return undefined;
  const { runId, trialId, sequence, scheduledAt, receivedAt, requestId, coldStart, initMs } = value;
  if (typeof runId !== 'string' || typeof trialId !== 'string' || typeof requestId !== 'string') return undefined;
  if (typeof sequence !== 'number' || typeof receivedAt !== 'number' || typeof initMs !== 'number') return undefined;
  if (typeof scheduledAt !== 'string' || typeof coldStart !== 'boolean') return undefined;
  const scheduledAtMs = Date.parse(scheduledAt);
  if (Number.isNaN(scheduledAtMs)) return undefined;
  return { runId, trialId, sequence, scheduledAtMs, receivedAt, requestId, coldStart, initMs };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
