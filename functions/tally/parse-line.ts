// One line of an arrival object.

import type { StoredMessage } from './trial-tally.ts';

/** What a tally takes from a line. */
export interface ArrivedLine extends StoredMessage {
  readonly runId: string;
  readonly trialId: string;
}

/** Undefined when the line is not an arrived message. By hand, not by schema: a run has hundreds of thousands of them. */
export function parseLine(text: string): ArrivedLine | undefined {
  const value = parseObject(text);
  if (!value) return undefined;
  const { runId, trialId, sequence, acceptedAt, receivedAt, requestId, coldStart, initMs } = value;
  if (typeof runId !== 'string' || typeof trialId !== 'string' || typeof requestId !== 'string') return undefined;
  if (typeof sequence !== 'number' || typeof receivedAt !== 'number' || typeof initMs !== 'number') return undefined;
  if (typeof coldStart !== 'boolean') return undefined;
  if (acceptedAt !== undefined && typeof acceptedAt !== 'number') return undefined;
  return { runId, trialId, sequence, acceptedAtMs: acceptedAt, receivedAtMs: receivedAt, requestId, coldStart, initMs };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
