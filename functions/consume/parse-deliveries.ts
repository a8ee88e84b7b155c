// The three shapes in which Lambda hands messages over, made one.

import type { EventBridgeEvent, KinesisStreamEvent, SQSEvent } from 'aws-lambda';
import { type HandedMessage, isMessage, parseMessage } from '../../model/arrived-message.ts';

/** What failed or succeeded as one: an SQS message, a Kinesis record, or all of an EventBridge event. */
export interface Delivery {
  /** What Lambda knows it by in a partial batch response; undefined for EventBridge, which has none. */
  readonly itemIdentifier: string | undefined;
  /** Undefined when it could not be read. */
  readonly messages: readonly HandedMessage[] | undefined;
}

/** Thrown when an event is of none of the three services. */
export class UnreadableEventError extends Error {
  override name = 'UnreadableEventError';
}

type ConsumedEvent = SQSEvent | KinesisStreamEvent | EventBridgeEvent<string, { messages?: unknown }>;

/** @throws {UnreadableEventError} */
export function parseDeliveries(event: unknown): Delivery[] {
  if (!isConsumedEvent(event)) {
    throw new UnreadableEventError(
      'the event has neither Records nor detail, so it is of no service that is consumed here',
    );
  }
  if ('detail' in event) return [{ itemIdentifier: undefined, messages: parsePack(event.detail.messages) }];
  return event.Records.map((record) =>
    'kinesis' in record
      ? {
          itemIdentifier: record.kinesis.sequenceNumber,
          messages: hand(
            Buffer.from(record.kinesis.data, 'base64').toString(),
            // Seconds with a fraction.
            Math.round(record.kinesis.approximateArrivalTimestamp * 1000),
          ),
        }
      : {
          itemIdentifier: record.messageId,
          messages: hand(record.body, Number(record.attributes.SentTimestamp)),
        },
  );
}

/** An event's own `time` has whole seconds: as an instant of the broker it would mislead. */
function parsePack(messages: unknown): HandedMessage[] | undefined {
  if (!Array.isArray(messages) || !messages.every(isMessage)) return undefined;
  return messages.map((message) => ({ message, acceptedAtMs: undefined }));
}

function isConsumedEvent(event: unknown): event is ConsumedEvent {
  if (typeof event !== 'object' || event === null) return false;
  return (
    ('Records' in event && Array.isArray(event.Records)) || ('detail' in event && typeof event.detail === 'object')
  );
}

function hand(text: string, acceptedAtMs: number): HandedMessage[] | undefined {
  const message = parseMessage(text);
  return message && [{ message, acceptedAtMs }];
}
