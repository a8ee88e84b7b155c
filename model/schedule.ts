// When each message of a trial is to be sent. Open model: the schedule never waits for the service, so a slow service
// cannot slow its own load down. Every tick can compute any other tick's schedule: nothing is carried from one to the next.

import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ResolvedInput } from './input.ts';
import type { Trial } from './trial.ts';

/** The end of each tick that is left free, so that one generator invocation can hand over to the next in time. */
const HAND_OVER_MS = 1000;

export interface ScheduledMessage {
  /** 0-based, unique in the trial. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly scheduledAtMs: number;
}

/** What one publish entry holds: an EventBridge event's messages, or the one message of the others. */
export interface ScheduledEntry {
  /** When it is complete and goes out. Epoch milliseconds, not before any of its messages' instants. */
  readonly dueMs: number;
  readonly messages: readonly ScheduledMessage[];
}

interface TickRequest {
  readonly trial: Trial;
  readonly input: ResolvedInput;
  /** The first tick's instant, epoch milliseconds. */
  readonly startMs: number;
}

/** By tick, 0-based. */
type TickMessages = (tick: number) => readonly ScheduledMessage[];

/** The stretch of a tick that messages are spread over. */
export function computePublishMs(tickSeconds: number): number {
  const tickMs = tickSeconds * 1000;
  return tickMs - Math.min(HAND_OVER_MS, tickMs / 2);
}

/** The entries that go out in `tick` (0-based), in order of their instants. `startMs` is the first tick's instant. */
export function computeTickEntries(request: TickRequest & { tick: number }): ScheduledEntry[] {
  const { trial, input, tick } = request;
  if (trial.service !== 'eventbridge') {
    return computeTickMessages(request, tick).map((message) => ({ dueMs: message.scheduledAtMs, messages: [message] }));
  }
  const eventMessages = trial.eventMessagesMax ?? trial.batchSize;
  const firstSequence = tick * input.messagesPerTick;
  const firstGroup = Math.floor(firstSequence / eventMessages);
  const lastGroup = Math.floor((firstSequence + input.messagesPerTick - 1) / eventMessages);
  const messagesOf = rememberTicks(request);
  const entries: ScheduledEntry[] = [];
  for (let group = firstGroup; group <= lastGroup; group++) {
    const messages = computeGroupMessages(request, { group, eventMessages, messagesOf });
    const isFull = messages.length === eventMessages;
    entries.push(...packGroup(messages, { windowMs: trial.windowSeconds * 1000, isFull }));
  }
  const tickMs = input.tickSeconds * 1000;
  const publishMs = computePublishMs(input.tickSeconds);
  return entries
    .map(({ dueMs, messages }) => {
      // What is still open goes out with the last tick. A window that ends while one invocation hands over to the next is
      // ended early: no message can come in that time.
      const dueTick = Math.min(input.ticks - 1, Math.floor((dueMs - request.startMs) / tickMs));
      return { dueTick, dueMs: Math.min(dueMs, request.startMs + dueTick * tickMs + publishMs), messages };
    })
    .filter(({ dueTick }) => dueTick === tick)
    .map(({ dueMs, messages }) => ({ dueMs, messages }))
    .sort((a, b) => a.dueMs - b.dueMs);
}

/** Each tick's messages computed once: a tick of single-message events has as many groups as messages. */
function rememberTicks(request: TickRequest): TickMessages {
  const messagesOfTick = new Map<number, ScheduledMessage[]>();
  return (tick) => {
    const messages = messagesOfTick.get(tick) ?? computeTickMessages(request, tick);
    messagesOfTick.set(tick, messages);
    return messages;
  };
}

function computeTickMessages({ trial, input, startMs }: TickRequest, tick: number): ScheduledMessage[] {
  const tickStartMs = startMs + tick * input.tickSeconds * 1000;
  return computeOffsetsMs(input, `${trial.trialId}/${tick}`).map((offsetMs, index) => ({
    sequence: tick * input.messagesPerTick + index,
    scheduledAtMs: tickStartMs + offsetMs,
  }));
}

/** When each message of the trial is due, by sequence: whole milliseconds from the first tick's instant. */
export function computeScheduledAfterMs(trial: Trial, input: ResolvedInput): Int32Array {
  const scheduledAfterMs = new Int32Array(trial.messages);
  for (let tick = 0; tick < input.ticks; tick++) {
    for (const { sequence, scheduledAtMs } of computeTickMessages({ trial, input, startMs: 0 }, tick)) {
      scheduledAfterMs[sequence] = scheduledAtMs;
    }
  }
  return scheduledAfterMs;
}

/** Whole milliseconds from the tick's instant, ascending. */
function computeOffsetsMs(input: ResolvedInput, seedText: string): number[] {
  const { messagesPerTick } = input;
  const publishMs = computePublishMs(input.tickSeconds);
  switch (input.arrivals) {
    case 'steady':
      return Array.from({ length: messagesPerTick }, (_, index) => Math.floor((index * publishMs) / messagesPerTick));
    case 'burst':
      return Array.from({ length: messagesPerTick }, () => 0);
    case 'poisson': {
      // A Poisson process whose count in a stretch is known is that many instants, uniform and independent.
      const generator = xoroshiro128plus(hash32(seedText));
      const offsets = Array.from({ length: messagesPerTick }, () => uniformInt(generator, 0, publishMs - 1));
      return offsets.sort((a, b) => a - b);
    }
  }
}

/** The messages that would share one event if the window did not end before: a run of consecutive sequence numbers. */
function computeGroupMessages(
  { trial, input: { messagesPerTick } }: TickRequest,
  { group, eventMessages, messagesOf }: { group: number; eventMessages: number; messagesOf: TickMessages },
): ScheduledMessage[] {
  const from = group * eventMessages;
  const to = Math.min(from + eventMessages, trial.messages);
  const messages: ScheduledMessage[] = [];
  for (let tick = Math.floor(from / messagesPerTick); tick * messagesPerTick < to; tick++) {
    const first = tick * messagesPerTick;
    messages.push(...messagesOf(tick).slice(Math.max(0, from - first), to - first));
  }
  return messages;
}

/**
 * A full event goes out with its last message; one whose window ends before goes out then. The end of a full group is
 * the end of its last event too. The trial's last group may not be full: a producer could not know that nothing follows.
 */
function packGroup(
  messages: readonly ScheduledMessage[],
  { windowMs, isFull }: { windowMs: number; isFull: boolean },
): ScheduledEntry[] {
  const entries: ScheduledEntry[] = [];
  let pack: ScheduledMessage[] = [];
  let closesMs = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    if (message.scheduledAtMs > closesMs) {
      entries.push({ dueMs: closesMs, messages: pack });
      pack = [];
    }
    if (pack.length === 0) closesMs = message.scheduledAtMs + windowMs;
    pack.push(message);
  }
  const last = pack.at(-1);
  if (last) entries.push({ dueMs: isFull ? last.scheduledAtMs : closesMs, messages: pack });
  return entries;
}

/** FNV-1a, 32 bits: spreads a name over the generator's seed space. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}
