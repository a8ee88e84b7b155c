// The document that travels, before and after a consumer changed it.

import type { MESSAGE_SERVICES } from './service.ts';

/** What the generator publishes. */
export interface Message {
  /** ISO 8601 with milliseconds: when it was actually sent. */
  readonly time: string;
  /** 1 to 1,000. */
  readonly id: number;
  readonly service: (typeof MESSAGE_SERVICES)[keyof typeof MESSAGE_SERVICES];
  readonly 'random fact': string;
  readonly runId: string;
  /** Warm-up messages carry the trial's id with `WARM_UP_SUFFIX`. */
  readonly trialId: string;
  /** 0-based, unique in the trial. */
  readonly sequence: number;
  /** ISO 8601 with milliseconds: when the schedule wanted it sent. Latency counts from here. */
  readonly scheduledAt: string;
  /** Filler up to `payloadBytes`; absent where the message is long enough without. */
  readonly padding?: string;
}

/** One line of an arrival object: the message without its padding, changed by the consumer that received it. */
export interface ArrivedMessage extends Omit<Message, 'padding'> {
  /** Epoch milliseconds: when the service says that it took the message. Absent for EventBridge, which tells whole seconds only. */
  readonly acceptedAt?: number;
  /** Epoch milliseconds at the handler's start. */
  readonly receivedAt: number;
  /** The Lambda invocation that handled it. */
  readonly requestId: string;
  readonly coldStart: boolean;
  /** Milliseconds from the start of the execution environment's process to the handler's start; 0 unless `coldStart`. */
  readonly initMs: number;
  /** Messages that this invocation handled, all trials together. */
  readonly invocationMessages: number;
}

/** What an input may ask for. */
export const TICKS_MAX = 1000;
export const TICK_MESSAGES_MAX = 10_000;
/** Sequences of a trial are below it. */
export const TRIAL_MESSAGES_MAX = TICKS_MAX * TICK_MESSAGES_MAX;

/** Marks a warm-up message's trial id, so that it can never count in the trial itself. */
export const WARM_UP_SUFFIX = '.warm-up';

/** Of a trial's warm-up: enough to show that the lane is alive, and one for each of the pollers that Lambda starts a queue with. */
export const WARM_UP_MESSAGES = 5;
