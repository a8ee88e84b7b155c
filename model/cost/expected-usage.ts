// What a trial is expected to use, before anything is published. Where the service decides how full a batch gets, it errs on the side of
// more invocations.

import { computePublishBatchSize, type ResolvedInput } from '../input.ts';
import { computePayloadMessagesMax, MESSAGE_BYTES_TYPICAL } from '../mechanism.ts';
import { SQS } from '../quotas.ts';
import type { Service } from '../service.ts';
import type { Plan, Trial } from '../trial.ts';
import {
  EVENT_CHUNK_BYTES,
  FIREHOSE_ROUNDING_BYTES,
  PUT_PAYLOAD_UNIT_BYTES,
  REQUEST_CHUNK_BYTES,
} from './billing-units.ts';
import { INIT_MS_ASSUMED } from './lambda-billing.ts';
import type { TrialUsage } from './trial-cost.ts';

/** Kinesis is polled once a second; the shortest buffer of the others is assumed to be as long. */
const FILL_SECONDS_MIN = 1;
/** Assumed for a consumer: one S3 PUT and a little work, and a little more for each message. */
export const INVOCATION_MS = 80;
export const MESSAGE_MS = 0.1;
/** Cold starts of a trial that its warm-up did not take. */
const COLD_STARTS = 1;
/** Five pollers, three long polls of 20 s a minute each: https://github.com/getlift/lift/issues/132 */
export const EMPTY_RECEIVES_PER_SECOND = 0.25;
/** What an entry of EventBridge holds besides its messages and the commas between them: source, type and the list's frame. */
const EVENT_ENTRY_BYTES = 48;
/** The first and the last batch of a reader: a window begins with what comes first, and ends with what there is. */
const PARTIAL_BATCHES_PER_READER = 2;

/** Readers that fill a batch each for itself. */
const READERS: Readonly<Record<Exclude<Service, 'eventbridge'>, number>> = {
  sqs: SQS.pollersAtStart,
  kinesis: 1,
  firehose: 1,
};

export function computeExpectedUsage({ input }: Pick<Plan, 'input'>, trial: Trial): TrialUsage {
  const { service, messages, windowSeconds } = trial;
  const messageBytes = computeMessageBytes(input);
  const loadSeconds = input.ticks * input.tickSeconds;
  const invocations = computeInvocations(trial, { loadSeconds, messageBytes });
  return {
    service,
    windowSeconds,
    loadMs: loadSeconds * 1000,
    publish: {
      sent: messages,
      bytes: messages * messageBytes,
      billedUnits: computeBilledUnits(service, {
        messages,
        messageBytes,
        entryMessages: service === 'eventbridge' ? Math.ceil(messages / invocations) : 1,
        publishBatchSize: computePublishBatchSize(input, service),
      }),
    },
    invocations,
    durationMs: invocations * INVOCATION_MS + messages * MESSAGE_MS,
    initMs: COLD_STARTS * INIT_MS_ASSUMED,
    invocationSizes: [{ messages: messages / invocations, invocations }],
    objects: invocations,
    emptyReceivesPerSecond: service === 'sqs' ? EMPTY_RECEIVES_PER_SECOND : 0,
  };
}

/** As JSON, on average. */
export function computeMessageBytes({ payloadBytes }: Pick<ResolvedInput, 'payloadBytes'>): number {
  return Math.max(MESSAGE_BYTES_TYPICAL, payloadBytes);
}

interface Load {
  readonly loadSeconds: number;
  readonly messageBytes: number;
}

function computeInvocations(trial: Trial, load: Load): number {
  const { service, batchSize, messages } = trial;
  const perSecond = messages / load.loadSeconds;
  const inWindow = perSecond * Math.max(FILL_SECONDS_MIN, trial.windowSeconds);
  if (service === 'eventbridge') {
    const packed = trial.eventMessagesMax ?? batchSize;
    // The schedule knows packs of so many messages; a window that is too short for one cuts it up.
    return Math.ceil(messages / packed) * Math.ceil(packed / computeFilled([packed, inWindow]));
  }
  const readers = READERS[service];
  const atHand = computeAtHand(trial, { inWindow, inWindowOfPoller: (perSecond * trial.windowSeconds) / readers });
  // Firehose does not count messages: its window alone ends a batch, or its buffer's size.
  const limit = service === 'firehose' ? messages : batchSize;
  const filled = computeFilled([limit, atHand, messages / readers, computeRoom(trial, load)]);
  const partial = filled === 1 ? 0 : readers * PARTIAL_BATCHES_PER_READER;
  return Math.min(messages, Math.ceil(messages / filled) + partial);
}

/** What a window brings to one reader. Without a window Firehose does not buffer, and Lambda's pollers take what there is. */
function computeAtHand(
  { service, windowSeconds }: Trial,
  messages: { readonly inWindow: number; readonly inWindowOfPoller: number },
): number {
  if (service === 'firehose' && windowSeconds === 0) return 1;
  return service === 'sqs' ? messages.inWindowOfPoller : messages.inWindow;
}

/** Whole messages, at least one. */
function computeFilled(limits: readonly number[]): number {
  return Math.max(1, Math.floor(Math.min(...limits)));
}

/** Messages that one invocation takes by their size. */
function computeRoom({ service, buffer }: Trial, { messageBytes }: Load): number {
  if (service === 'sqs' || service === 'kinesis') return computePayloadMessagesMax(service, messageBytes);
  return buffer ? (buffer.transformSizeMbs * 1024 * 1024) / messageBytes : Number.POSITIVE_INFINITY;
}

/** In the service's own billing unit. */
export function computeBilledUnits(
  service: Service,
  load: {
    readonly messages: number;
    readonly messageBytes: number;
    /** EventBridge: messages in an event. */
    readonly entryMessages: number;
    readonly publishBatchSize: number;
  },
): number {
  const { messages, messageBytes, entryMessages, publishBatchSize } = load;
  switch (service) {
    case 'eventbridge': {
      const entryBytes = EVENT_ENTRY_BYTES + entryMessages * (messageBytes + 1);
      return Math.ceil(messages / entryMessages) * Math.ceil(entryBytes / EVENT_CHUNK_BYTES);
    }
    case 'sqs':
      return (
        Math.ceil(messages / publishBatchSize) * Math.ceil((publishBatchSize * messageBytes) / REQUEST_CHUNK_BYTES)
      );
    case 'kinesis':
      return messages * Math.ceil(messageBytes / PUT_PAYLOAD_UNIT_BYTES);
    case 'firehose':
      return messages * Math.ceil(messageBytes / FIREHOSE_ROUNDING_BYTES) * FIREHOSE_ROUNDING_BYTES;
  }
}
