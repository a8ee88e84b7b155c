// What "batch size N" means for each service: its own real mechanism, and what may keep N out of reach.

import type { ResolvedInput } from './input.ts';
import { EVENT_SOURCE_MAPPING, EVENTBRIDGE, FIREHOSE, LAMBDA, SQS } from './quotas.ts';
import type { Service } from './service.ts';
import type { Trial } from './trial.ts';

type Setting = Pick<Trial, 'windowSeconds' | 'buffer' | 'eventMessagesMax' | 'mechanism' | 'limit'>;

/** A message as JSON without padding, at its longest: facts have at most 200 characters. Bytes. */
export const MESSAGE_BYTES_MAX = 600;
/** A message as JSON without padding, on average, with the facts that ship. Bytes. */
export const MESSAGE_BYTES_TYPICAL = 260;
/** What a consumer adds to a message, and what Firehose's transform answers around each. Bytes; record ids assumed. */
const LINE_BYTES_ADDED = 140;
const TRANSFORMED_RECORD_FRAME_BYTES = 150;
/** What a record adds to its data in the payload of an invocation: ids, attributes, ARNs. Bytes; assumed. */
const RECORD_ENVELOPE_BYTES = 800;
/** The event around `detail`, as EventBridge hands it to Lambda. Bytes; assumed generously. */
const EVENT_ENVELOPE_BYTES = 2048;
const MIB = 1024 * 1024;

export function computeSetting(input: ResolvedInput, service: Service, batchSize: number): Setting {
  const messageBytes = Math.max(MESSAGE_BYTES_TYPICAL, input.payloadBytes);
  switch (service) {
    case 'eventbridge':
      return computeEventbridgeSetting(input, batchSize);
    case 'sqs':
      return computeMappingSetting(input, batchSize, {
        fillSeconds: (batchSize * SQS.pollersAtStart) / computeRatePerSecond(input),
        recordBytes: computeRecordBytes(service, messageBytes),
        share: SQS.pollersAtStart,
      });
    case 'kinesis':
      return computeMappingSetting(input, batchSize, {
        fillSeconds: batchSize / computeRatePerSecond(input),
        recordBytes: computeRecordBytes(service, messageBytes),
        share: 1,
      });
    case 'firehose':
      return computeFirehoseSetting(input, batchSize, messageBytes);
  }
}

/** Messages offered per second, averaged over a tick. */
function computeRatePerSecond(input: ResolvedInput): number {
  return input.messagesPerTick / input.tickSeconds;
}

/** `fill`: until a batch is full at this rate; nothing to wait for at batch size 1. */
function computeWindowSeconds(input: ResolvedInput, batchSize: number, fillSeconds: number): number {
  if (input.maximumBatchingWindowSeconds !== 'fill') return input.maximumBatchingWindowSeconds;
  if (batchSize === 1) return 0;
  return Math.min(EVENT_SOURCE_MAPPING.windowSecondsMax, Math.max(1, Math.ceil(fillSeconds)));
}

/** The most messages of a batch that one event can hold. */
export function computeEventMessagesMax(batchSize: number, messageBytes: number): number {
  const roomBytes = Math.min(EVENTBRIDGE.callBytesMax, LAMBDA.asyncPayloadBytesMax) - EVENT_ENVELOPE_BYTES;
  // A comma comes with each.
  return Math.min(batchSize, Math.floor(roomBytes / (messageBytes + 1)));
}

function computeEventbridgeSetting(input: ResolvedInput, batchSize: number): Setting {
  // At its longest: the generator packs by number, so no event may come out too large.
  const messageBytes = Math.max(MESSAGE_BYTES_MAX, input.payloadBytes);
  const eventMessagesMax = computeEventMessagesMax(batchSize, messageBytes);
  // One second more than the rate asks for: a tick's last second is free of messages, and an event may span it.
  const windowSeconds = computeWindowSeconds(input, batchSize, batchSize / computeRatePerSecond(input) + 1);
  return {
    windowSeconds,
    eventMessagesMax,
    mechanism: `${eventMessagesMax} ${eventMessagesMax === 1 ? 'message' : 'messages'} packed in one event, window ${windowSeconds} s`,
    ...renderLimit([
      eventMessagesMax < batchSize &&
        `one event holds at most ${eventMessagesMax} messages of ${messageBytes} bytes (1 MB)`,
      ...findShortfalls(input, batchSize, windowSeconds, 1),
    ]),
  };
}

function computeMappingSetting(
  input: ResolvedInput,
  batchSize: number,
  lane: { fillSeconds: number; recordBytes: number; share: number },
): Setting {
  const windowSeconds = computeWindowSeconds(input, batchSize, lane.fillSeconds);
  const payloadMessages = computePayloadMessages(lane.recordBytes);
  return {
    windowSeconds,
    mechanism: `BatchSize ${batchSize}, window ${windowSeconds} s`,
    ...renderLimit([
      payloadMessages < batchSize &&
        `one invocation takes about ${payloadMessages} messages of ${lane.recordBytes} bytes with metadata (6 MB)`,
      ...findShortfalls(input, batchSize, windowSeconds, lane.share),
    ]),
  };
}

/** A message in the payload that an event source mapping hands to its function. */
function computeRecordBytes(service: 'sqs' | 'kinesis', messageBytes: number): number {
  return (service === 'kinesis' ? computeBase64Bytes(messageBytes) : messageBytes) + RECORD_ENVELOPE_BYTES;
}

function computePayloadMessages(recordBytes: number): number {
  return Math.floor(LAMBDA.syncPayloadBytesMax / recordBytes);
}

/** The most messages that one invocation of an event source mapping takes, by its 6 MB. */
export function computePayloadMessagesMax(service: 'sqs' | 'kinesis', messageBytes: number): number {
  return computePayloadMessages(computeRecordBytes(service, messageBytes));
}

function computeFirehoseSetting(input: ResolvedInput, batchSize: number, messageBytes: number): Setting {
  const windowSeconds = computeWindowSeconds(input, batchSize, batchSize / computeRatePerSecond(input));
  const wantedMbs = (batchSize * messageBytes) / MIB;
  const sizeMbsMax = computeTransformSizeMbsMax(messageBytes);
  const transformSizeMbs = clampToTenth(wantedMbs, FIREHOSE.transformSizeMbsMin, sizeMbsMax);
  // Room for a few transformed batches: the interval closes the object, as it closed the batch.
  const s3SizeMbs = Math.min(FIREHOSE.s3SizeMbsMax, Math.max(5, Math.ceil(transformSizeMbs * 2)));
  const bufferMessages = Math.floor((sizeMbsMax * MIB) / messageBytes);
  return {
    windowSeconds,
    buffer: { transformSizeMbs, s3SizeMbs },
    mechanism: `transform buffer ${transformSizeMbs} MiB or ${windowSeconds} s, S3 buffer ${s3SizeMbs} MiB or ${windowSeconds} s`,
    ...renderLimit([
      wantedMbs > sizeMbsMax &&
        `the transform buffer holds about ${bufferMessages} messages of ${messageBytes} bytes (${renderSizeMax(sizeMbsMax)})`,
      wantedMbs < FIREHOSE.transformSizeMbsMin &&
        'the transform buffer cannot be smaller than 0.2 MiB, so the interval alone sets the batch',
      ...findShortfalls(input, batchSize, windowSeconds, 1),
    ]),
  };
}

/** Firehose's own maximum, or less where the transform's answer to that much would be more than Lambda passes on. */
function computeTransformSizeMbsMax(messageBytes: number): number {
  const lineBytes = computeLineBytes(messageBytes);
  const answerMessages = LAMBDA.syncPayloadBytesMax / (computeBase64Bytes(lineBytes) + TRANSFORMED_RECORD_FRAME_BYTES);
  const answerMbs = Math.floor(((answerMessages * messageBytes) / MIB) * 10) / 10;
  return Math.min(FIREHOSE.transformSizeMbsMax, answerMbs);
}

function renderSizeMax(sizeMbsMax: number): string {
  if (sizeMbsMax === FIREHOSE.transformSizeMbsMax) return `${sizeMbsMax} MiB`;
  return `${sizeMbsMax} MiB, more would make the transform's answer larger than 6 MB`;
}

/** Rounded up to a tenth, the precision of the processor's parameter, and within what Firehose takes. */
function clampToTenth(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, Math.ceil(value * 10) / 10));
}

/** A message's line in its object, which has no padding in it. Bytes, on average. */
export function computeLineBytes(messageBytes: number): number {
  return Math.min(messageBytes, MESSAGE_BYTES_TYPICAL) + LINE_BYTES_ADDED;
}

function computeBase64Bytes(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** Why a batch may stay below its size; `share` is among how many pollers the messages are dealt out. */
function findShortfalls(input: ResolvedInput, batchSize: number, windowSeconds: number, share: number): string[] {
  const pollers = share > 1 ? `, dealt out among Lambda's ${share} pollers` : '';
  const inTrial = Math.ceil((input.ticks * input.messagesPerTick) / share);
  if (inTrial < batchSize) return [`the trial has ${input.ticks * input.messagesPerTick} messages${pollers}`];
  if (windowSeconds === 0 && batchSize > 1) return ['with a window of 0 s no batch waits to be filled'];
  const inWindow = Math.max(1, Math.ceil((computeRatePerSecond(input) * windowSeconds) / share));
  if (inWindow < batchSize) {
    return [`a window of ${windowSeconds} s takes about ${inWindow} messages at this rate${pollers}`];
  }
  return [];
}

function renderLimit(limits: readonly (string | false)[]): { limit?: string } {
  const present = limits.filter((limit) => limit !== false);
  return present.length === 0 ? {} : { limit: present.join('; ') };
}
