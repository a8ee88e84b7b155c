// The open-model loop: calls start when they are due, whether or not earlier ones have come back.

import pLimit from 'p-limit';
import type { ScheduledEntry } from '../../model/schedule.ts';
import type { PublishTotals } from '../../model/trial.ts';
import { isRetryable } from './is-retryable.ts';
import type { OutgoingEntry, Publisher } from './publisher.ts';

/** Calls in flight at a time: the SDK's HTTP agent has 50 sockets. A call that finds them all taken is late, and says so. */
const CONCURRENCY = 50;
const ATTEMPTS_MAX = 5;
const BACKOFF_BASE_MS = 50;
const BACKOFF_MAX_MS = 1000;

export type Published = Pick<
  PublishTotals,
  'scheduled' | 'sent' | 'gaveUp' | 'calls' | 'retriedEntries' | 'entries' | 'billedUnits' | 'bytes' | 'lateMsMax'
>;

type Render = (entry: ScheduledEntry, sentAtMs: number) => OutgoingEntry;
/** Hears of the entries that a call brought through, and of when it returned. */
type Note = (entries: readonly ScheduledEntry[], acknowledgedAtMs: number) => void;

/**
 * Publishes `entries`, which must be in order of their instants, `entriesPerCall` at a time: a call is due when its last
 * entry is.
 * @throws what the SDK throws when trying again could not help.
 */
export async function publishOnSchedule(
  entries: readonly ScheduledEntry[],
  parts: { publisher: Publisher; entriesPerCall: number; render: Render; note: Note },
): Promise<Published> {
  const limit = pLimit(CONCURRENCY);
  const published = {
    scheduled: entries.reduce((sum, entry) => sum + entry.messages.length, 0),
    sent: 0,
    gaveUp: 0,
    calls: 0,
    retriedEntries: 0,
    entries: 0,
    billedUnits: 0,
    bytes: 0,
    lateMsMax: 0,
  };
  const calls: Promise<void>[] = [];
  const failures: unknown[] = [];
  for (const callEntries of splitIntoCalls(entries, parts)) {
    const dueMs = callEntries.at(-1)?.dueMs ?? 0;
    const earlyMs = dueMs - Date.now();
    if (earlyMs > 0) await sleep(earlyMs);
    // What is not caught at once would end the process while the loop sleeps, and with it the error's name.
    if (failures.length > 0) break;
    const call = limit(() => publishWithRetries(callEntries, dueMs, parts, published));
    calls.push(call.catch((error: unknown) => void failures.push(error)));
  }
  await Promise.all(calls);
  if (failures.length > 0) throw failures[0];
  return published;
}

/** By number, and by size where entries are large. */
function* splitIntoCalls(
  entries: readonly ScheduledEntry[],
  { publisher, entriesPerCall, render }: { publisher: Publisher; entriesPerCall: number; render: Render },
): Generator<ScheduledEntry[]> {
  let call: ScheduledEntry[] = [];
  let callBytes = 0;
  for (const entry of entries) {
    const { bytes } = entriesPerCall === 1 ? { bytes: 0 } : render(entry, entry.dueMs);
    if (call.length === entriesPerCall || (call.length > 0 && callBytes + bytes > publisher.callBytesMax)) {
      yield call;
      call = [];
      callBytes = 0;
    }
    call.push(entry);
    callBytes += bytes;
  }
  if (call.length > 0) yield call;
}

/** Sends the failed entries of a partly failed call again, and only those. */
async function publishWithRetries(
  callEntries: readonly ScheduledEntry[],
  dueMs: number,
  { publisher, render, note }: { publisher: Publisher; render: Render; note: Note },
  published: { -readonly [Key in keyof Published]: Published[Key] },
): Promise<void> {
  let pending = callEntries;
  for (let attempt = 1; ; attempt++) {
    const sentAtMs = Date.now();
    if (attempt === 1) published.lateMsMax = Math.max(published.lateMsMax, sentAtMs - dueMs);
    const outgoing = pending.map((entry) => render(entry, sentAtMs));
    published.calls++;
    const failed = new Set(await callOnce(publisher, outgoing));
    const taken = pending.filter((_, index) => !failed.has(index));
    note(taken, Date.now());
    const accepted = outgoing.filter((_, index) => !failed.has(index));
    const acceptedBytes = accepted.map(({ bytes }) => bytes);
    if (accepted.length > 0) published.billedUnits += publisher.computeBilledUnits(acceptedBytes);
    published.entries += accepted.length;
    published.bytes += acceptedBytes.reduce((sum, bytes) => sum + bytes, 0);
    published.sent += countMessages(taken);
    pending = pending.filter((_, index) => failed.has(index));
    if (pending.length === 0) return;
    if (attempt === ATTEMPTS_MAX) break;
    published.retriedEntries += pending.length;
    // Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    await sleep(Math.random() * Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** attempt));
  }
  published.gaveUp += countMessages(pending);
}

/** A call that failed as a whole, in a way that may pass, has failed for each of its entries. */
async function callOnce(publisher: Publisher, outgoing: readonly OutgoingEntry[]): Promise<readonly number[]> {
  try {
    return await publisher.publish(outgoing);
  } catch (error) {
    if (!isRetryable(error)) throw error;
    return outgoing.map((_, index) => index);
  }
}

function countMessages(entries: readonly ScheduledEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.messages.length, 0);
}

function sleep(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, durationMs);
  });
}
