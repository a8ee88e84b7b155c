// The change that a consumer makes to a message: what it adds, what it drops.

import type { ArrivedMessage, Message } from './message.ts';

/** What an invocation knows of itself; all its lines carry it. */
export type Invocation = Pick<
  ArrivedMessage,
  'receivedAt' | 'requestId' | 'coldStart' | 'initMs' | 'invocationMessages'
>;

/** A message as an invocation was handed it. */
export interface HandedMessage {
  readonly message: Message;
  /** When the service says that it took the message, epoch milliseconds; undefined where it does not say. */
  readonly acceptedAtMs: number | undefined;
}

/** One NDJSON line, without its line break. */
export function renderArrivedLine({ message, acceptedAtMs }: HandedMessage, invocation: Invocation): string {
  const { padding: _, ...rest } = message;
  const arrived: ArrivedMessage = {
    ...rest,
    ...(acceptedAtMs !== undefined && { acceptedAt: acceptedAtMs }),
    ...invocation,
  };
  return JSON.stringify(arrived);
}

/** The message in `text`, or undefined when it holds none. By hand, not by schema: every message passes here. */
export function parseMessage(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'runId' in value &&
    typeof value.runId === 'string' &&
    'trialId' in value &&
    typeof value.trialId === 'string' &&
    'sequence' in value &&
    typeof value.sequence === 'number' &&
    'scheduledAt' in value &&
    typeof value.scheduledAt === 'string'
  );
}
