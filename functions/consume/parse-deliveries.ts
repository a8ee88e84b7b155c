// The three shapes in which Lambda hands messages over, made one.

import type { EventBridgeEvent, KinesisStreamEvent, SQSEvent } from 'aws-lambda';
import { isMessage, parseMessage } from '../../model/arrived-message.ts';
import type { Message } from '../../model/message.ts';

/** What failed or succeeded as one: an SQS message, a Kinesis record, or all of an EventBridge event. */
export interface Delivery {
  /** What Lambda knows it by in a partial batch response; undefined for EventBridge, which has none. */
  readonly itemIdentifier: string | undefined;
  /** Undefined when it could not be read. */
  readonly messages: readonly Message[] | undefined;
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
  if ('detail' in event) {
    const { messages } = event.detail;
    return [
      {
        itemIdentifier: undefined,
        messages: Array.isArray(messages) && messages.every(isMessage) ? messages : undefined,
      },
    ];
  }
  return event.Records.map((record) =>
    'kinesis' in record
      ? {
          itemIdentifier: record.kinesis.sequenceNumber,
          messages: wrap(parseMessage(Buffer.from(record.kinesis.data, 'base64').toString())),
        }
      : { itemIdentifier: record.messageId, messages: wrap(parseMessage(record.body)) },
  );
}

function isConsumedEvent(event: unknown): event is ConsumedEvent {
  if (typeof event !== 'object' || event === null) return false;
  return (
    ('Records' in event && Array.isArray(event.Records)) || ('detail' in event && typeof event.detail === 'object')
  );
}

function wrap(message: Message | undefined): Message[] | undefined {
  return message && [message];
}
